/// A relation of the warehouse, with its schema.
public struct TableName: Hashable, Sendable, Codable, CustomStringConvertible {
    public let schema: String
    public let name: String

    public init(schema: String, name: String) {
        self.schema = schema
        self.name = name
    }

    /// `schema.name` as a person would read it; not quoted, so never put it into SQL.
    public var description: String { "\(schema).\(name)" }
}

extension TableName: Comparable {
    public static func < (a: TableName, b: TableName) -> Bool { (a.schema, a.name) < (b.schema, b.name) }
}
