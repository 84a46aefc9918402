/// The columns of a query's or an ETL's output, in order.
public struct Schema: Hashable, Sendable, Codable {
    public struct Field: Hashable, Sendable, Codable {
        public let name: String
        public let type: PostgresType
        /// False only if it is proven that no row can hold a null here.
        public let isNullable: Bool

        public init(name: String, type: PostgresType, isNullable: Bool = true) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
        }
    }

    public let fields: [Field]

    public init(_ fields: [Field]) { self.fields = fields }

    public var names: [String] { fields.map(\.name) }

    public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }
}
