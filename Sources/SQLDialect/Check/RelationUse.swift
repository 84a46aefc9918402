public import FeatureModel

/// A table or view that a statement reads, as its text names it, where it does so first.
public struct RelationUse: Hashable, Sendable {
    /// Nil if the text gives none; the search path decides then.
    public let schema: String?
    public let name: String
    public let position: SourcePosition

    public init(schema: String?, name: String, position: SourcePosition) {
        self.schema = schema
        self.name = name
        self.position = position
    }
}
