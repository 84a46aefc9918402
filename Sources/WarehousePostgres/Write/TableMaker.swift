import FeatureModel
import Warehouse

/// Creates schemas and tables that are absent, and compares those that exist with what is wanted.
struct TableMaker {
    /// Taken for the transaction, so that of many processes one creates and the others find it done. The bytes of "featstor".
    private static let lock = 0x6665_6174_7374_6f72

    let connection: PostgresConnection

    func ensure(_ tables: [TableDefinition]) throws {
        if try existing(tables).count < tables.count {
            _ = try connection.query("SELECT pg_advisory_xact_lock($1)", [String(Self.lock)])
            let present = try existing(tables)
            let missing = tables.filter { present[$0.name] == nil }
            for schema in Set(missing.map(\.name.schema)).sorted() { try ensureSchema(schema) }
            for table in missing {
                try connection.execute(TableStatement.create(table, ifAbsent: true))
                for columns in table.indexes { try connection.execute("CREATE INDEX ON \(SQLName.quoted(table.name)) (\(SQLName.list(columns)))") }
            }
        }
        let present = try existing(tables)
        let differences = tables.flatMap { table in present[table.name].map { Self.differences(wanted: table, found: $0) } ?? [] }
        guard differences.isEmpty else {
            let names = tables.map(\.name).filter { name in differences.contains { $0["table"]?.string == name.description } }
            throw WarehouseError(
                .tableDiffers, "\(names.map(\.description).joined(separator: ", ")): the existing columns are not the ones to be written.",
                reason: differences.compactMap { $0["reason"]?.string }.joined(separator: "; "),
                hint: "Rename or drop the existing table, or use another schema (DB_SCHEMA).", details: .array(differences))
        }
    }

    /// Asked first: `IF NOT EXISTS` demands the right to create even where there is nothing to do.
    private func ensureSchema(_ schema: String) throws {
        guard try connection.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema]).rowCount == 0 else { return }
        try connection.execute("CREATE SCHEMA IF NOT EXISTS \(SQLName.quoted(schema))")
    }

    /// Columns and their types of those tables that exist.
    private func existing(_ tables: [TableDefinition]) throws -> [TableName: [(name: String, type: String)]] {
        let names = JSONValue.array(tables.map { .string(SQLName.quoted($0.name)) }).description
        let answer = try connection.query(
            """
            SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
            FROM jsonb_array_elements_text($1::jsonb) AS w (name) JOIN pg_class c ON c.oid = to_regclass(w.name)
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY c.oid, a.attnum
            """, [names])
        var found: [TableName: [(name: String, type: String)]] = [:]
        for row in 0..<answer.rowCount {
            let table = TableName(schema: answer.string(row, 0), name: answer.string(row, 1))
            found[table, default: []] += answer.text(row, 2).map { [(name: $0, type: answer.string(row, 3))] } ?? []
        }
        return found
    }

    private static func differences(wanted table: TableDefinition, found: [(name: String, type: String)]) -> [JSONValue] {
        func difference(_ column: String, _ expected: String?, _ actual: String?) -> JSONValue {
            let reason =
                switch (expected, actual) {
                case (let expected?, nil): "\(table.name).\(column) is missing (\(expected))"
                case (nil, _): "\(table.name).\(column) is not expected"
                case (let expected?, let actual?): "\(table.name).\(column) is \(actual), expected \(expected)"
                }
            return .object([
                .init("table", .string(table.name.description)), .init("column", .string(column)), .init("expected", JSONValue(expected)),
                .init("actual", JSONValue(actual)), .init("reason", .string(reason)),
            ])
        }
        let present = Dictionary(found.map { ($0.name, $0.type) }) { first, _ in first }
        let lacking = table.columns.compactMap { column -> JSONValue? in
            let expected = TableStatement.typeName(column.type)
            return present[column.name] == expected ? nil : difference(column.name, expected, present[column.name])
        }
        let surplus = found.filter { table.column(named: $0.name) == nil }.map { difference($0.name, nil, $0.type) }
        return lacking + surplus
    }
}
