import FeatureModel
import Realtime
import RealtimeSQLite
import SQLDialect

/// Tables, frames and statements for the store's tests.
enum Fixture {
    static func table(_ name: String, _ columns: [(String, PostgresType)], key: [String], nullable: Set<String> = []) -> TableDefinition {
        TableDefinition(
            name: TableName(schema: "s", name: name), kind: .table,
            columns: columns.map { .init(name: $0.0, type: $0.1, isNullable: nullable.contains($0.0)) }, primaryKey: key)
    }

    static let users = table(
        "users", [("user_id", PostgresType(.text)), ("name", PostgresType(.text)), ("born", PostgresType(.int4))], key: ["user_id"],
        nullable: ["name"])

    static let quotes = table(
        "quotes", [("quote_id", PostgresType(.int8)), ("user_id", PostgresType(.text)), ("price", .numeric(precision: 10, scale: 2))],
        key: ["quote_id"])

    /// Rows of scalars, columns in the table's order; text for everything carried as bytes.
    static func frame(_ table: TableDefinition, _ rows: [[Value]]) -> Frame {
        frame(table.columns.map { ($0.name, $0.type) }, rows)
    }

    static func keys(_ table: TableDefinition, _ rows: [[Value]]) -> Frame {
        frame(table.primaryKey.map { ($0, table.column(named: $0)!.type) }, rows)
    }

    static func frame(_ columns: [(String, PostgresType)], _ rows: [[Value]]) -> Frame {
        var frame = Frame(schema: Schema(columns.map { .init(name: $0.0, type: $0.1) }))
        for row in rows {
            for (index, value) in row.enumerated() {
                switch value {
                case .null: frame.columns[index].appendNull()
                case .bool(let flag): frame.columns[index].append(flag)
                case .int(let number): frame.columns[index].append(number)
                case .double(let number): frame.columns[index].append(number)
                case .text(let text): frame.columns[index].append(text)
                case .bytes(let bytes): frame.columns[index].append(bytes)
                }
            }
        }
        return frame
    }

    static func stream(_ frames: [Frame]) -> AsyncThrowingStream<Frame, any Error> {
        AsyncThrowingStream { continuation in
            for frame in frames { continuation.yield(frame) }
            continuation.finish()
        }
    }

    /// Columns of one table, found by one of them.
    static func lookup(_ table: TableDefinition, by key: String, indexed: Bool = true) -> RealtimeStatement {
        let columns = table.columns
        let list = columns.map { SQLiteNames.quoted($0.name) }.joined(separator: ", ")
        let mirror = SQLiteNames.quoted(SQLiteNames.mirror(of: table.name))
        return statement(
            "SELECT \(list) FROM \(mirror) WHERE \(SQLiteNames.quoted(key)) = ?1", key: (key, table.column(named: key)!.type),
            columns: columns.map { ($0.name, $0.type) }, tables: [table.name], indexes: indexed ? [.init(table: table.name, columns: [key])] : [])
    }

    static func statement(
        _ sql: String, key: (String, PostgresType)?, columns: [(String, PostgresType)], tables: [TableName],
        indexes: [RealtimeStatement.WantedIndex] = []
    ) -> RealtimeStatement {
        RealtimeStatement(
            sql: sql, parameters: key.map { [.init(column: $0.0, type: $0.1, encoding: Encoding.ofColumn($0.1)!)] } ?? [],
            columns: columns.map { .init(name: $0.0, type: $0.1, isNullable: true, encoding: Encoding.ofColumn($0.1)!) }, tables: tables,
            wantedIndexes: indexes)
    }
}

extension Frame {
    /// The rows as scalars.
    var values: [[Value]] { (0..<rowCount).map { row in columns.map { $0.value(row) } } }
}

extension SQLiteRealtimeStore {
    func load(_ table: TableDefinition, rows: [[Value]]) async throws { try await load(table, from: Fixture.stream([Fixture.frame(table, rows)])) }

    func upsert(_ table: TableDefinition, _ rows: [[Value]]) async throws {
        try await apply(ChangeBatch([(table.name, .upsert(Fixture.frame(table, rows)))]))
    }

    func rows(_ lookup: any PreparedLookup, _ key: Value...) async throws -> [[Value]] {
        try await rows(lookup, key: key, limits: LookupLimits()).values
    }
}
