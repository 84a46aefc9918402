import FeatureModel
import Warehouse

/// The output columns of a SELECT as PostgreSQL describes them.
struct StatementDescription {
    let columns: [OutputColumn]

    /// Has the server parse and analyse the text as it stands, which also shows that it is one statement.
    static func read(_ sql: String, on connection: PostgresConnection) throws -> StatementDescription {
        let description = try connection.describe(sql)
        guard description.parameterCount == 0 else {
            throw WarehouseError(
                .statementRefused, "The statement has parameters ($1 and the like), and there is nothing to bind them to.",
                hint: "Write the values themselves.", sqlstate: "42P02")
        }
        guard description.columnCount > 0 else {
            throw WarehouseError(.statementRefused, "The statement gives no columns.", hint: "Write a SELECT with at least one output column.")
        }
        let types = (0..<description.columnCount).map { (oid: description.columnType($0), modifier: description.columnModifier($0)) }
        let resolved = try TypeNames.resolve(types, on: connection)
        return StatementDescription(columns: resolved.enumerated().map { OutputColumn(name: description.columnName($0.offset), type: $0.element) })
    }

    /// The schema decides how binary values are read: it must be this statement's, as of now.
    func check(against schema: Schema) throws {
        let differences = zip(columns, schema.fields).filter {
            $0.type.kind != $1.type.kind || $0.type.isArray != $1.type.isArray || $0.name != $1.name
        }
        guard columns.count == schema.fields.count, differences.isEmpty else {
            let parts = differences.map { "'\($0.name)' is \($0.type), expected '\($1.name)' \($1.type)" }
            throw WarehouseError(
                .unexpected, "The statement's columns are no longer those it was described with.",
                reason: parts.isEmpty ? "There are \(columns.count) columns, expected \(schema.fields.count)." : parts.joined(separator: "; "),
                hint: "A table's definition has changed; describe the statement again.")
        }
    }
}
