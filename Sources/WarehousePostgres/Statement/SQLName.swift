import FeatureModel

/// Identifiers in statements that this room writes for PostgreSQL.
enum SQLName {
    static func quoted(_ identifier: String) -> String { "\"" + identifier.replacing("\"", with: "\"\"") + "\"" }

    static func quoted(_ table: TableName) -> String { quoted(table.schema) + "." + quoted(table.name) }

    static func list(_ identifiers: [String]) -> String { identifiers.map(quoted).joined(separator: ", ") }
}
