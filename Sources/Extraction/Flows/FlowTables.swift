public import FeatureModel

/// The four tables of the simulated insurance flows, with the original's columns.
public struct FlowTables: Sendable {
    public let users: TableDefinition
    public let quotes: TableDefinition
    public let policies: TableDefinition
    public let transactions: TableDefinition

    public var all: [TableDefinition] { [users, quotes, policies, transactions] }

    /// - Parameter schema: the warehouse schema they live in (`DB_SCHEMA`).
    public init(schema: String) {
        let id = PostgresType(.varchar, modifier: 36 + 4), text = PostgresType(.varchar), time = PostgresType(.numeric), flag = PostgresType(.bool)
        func table(_ name: String, key: String, indexed: [[String]], _ columns: [(String, PostgresType)]) -> TableDefinition {
            TableDefinition(
                name: TableName(schema: schema, name: name), kind: .table,
                columns: columns.map { .init(name: $0.0, type: $0.1, isNullable: $0.0 != key) }, primaryKey: [key], indexes: indexed)
        }
        users = table("users", key: "user_id", indexed: [], [("user_id", id), ("name", text), ("address", text), ("creation_date", time)])
        quotes = table("quotes", key: "quote_id", indexed: [["user_id"]], [
            ("quote_id", id), ("user_id", id), ("creation_date", time), ("binding_date", time), ("quote_type", text), ("quote_device", text),
            ("is_binded", flag), ("is_paid", flag),
        ])
        policies = table("policies", key: "policy_id", indexed: [["user_id"], ["quote_id"]], [
            ("policy_id", id), ("user_id", id), ("quote_id", id), ("purchase_time", time), ("policy_type", text), ("policy_device", text),
        ])
        transactions = table("transactions", key: "transaction_id", indexed: [["user_id"], ["ref_id"]], [
            ("transaction_id", id), ("user_id", id), ("ref_id", id), ("ref_type", text), ("transaction_time", time), ("successful", flag),
            ("card_number", text), ("card_expiration_date", text), ("card_type", text),
        ])
    }
}
