/// Who is calling: the name in the header `FeatureStore-Client`, later the subject of a token. Appears in logs and counters.
public struct Principal: Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public static let anonymous = Principal(checked: "anonymous")

    /// Nil unless the name is 1 to 128 of the characters an ``ObjectName`` may hold, or `@`.
    public init?(_ name: String) {
        guard ObjectName(name.replacing("@", with: ".")) != nil else { return nil }
        self.name = name
    }

    private init(checked name: String) { self.name = name }

    public var description: String { name }
}
