/// A reason why a query cannot be answered from the realtime store: what stands in the way, where, and what to do.
public struct Obstacle: Codable, Sendable, Hashable {
    /// The construct's name, e.g. `function regexp_matches(text, text)`.
    public let construct: String
    /// In the query's text as sent, where that is known.
    public let position: SourcePosition?
    public let hint: String

    public init(construct: String, position: SourcePosition? = nil, hint: String) {
        self.construct = construct
        self.position = position
        self.hint = hint
    }
}
