internal import FeatureModel
internal import Realtime
internal import SQLDialect

/// How a table of the warehouse is held in SQLite: its columns' encodings and the statements that make and change it.
struct MirrorLayout: Sendable {
    struct Column: Sendable {
        let name: String
        let type: PostgresType
        let encoding: Encoding
        let isNullable: Bool

        /// Not a document, a list or bytes.
        var isSmall: Bool { !type.isArray && ![.json, .jsonb, .bytea].contains(type.kind) }
    }

    let definition: TableDefinition
    let columns: [Column]
    /// Positions of the primary key's columns; empty if there is none.
    let key: [Int]
    /// The key's one column is SQLite's own row number, which spares an index.
    let keyIsRowID: Bool
    /// The name of the row number: that column, else one that no column of the table has.
    let rowNumber: String

    /// The mirror's name in SQLite.
    let name: String
    /// Written once: every batch of changes asks for it on every copy.
    private var upsertIntoMirror = ""

    var table: TableName { definition.name }

    /// Throws `notMirrorable` naming what cannot be held exactly.
    init(_ definition: TableDefinition) throws {
        self.definition = definition
        name = SQLiteNames.mirror(of: definition.name)
        switch definition.kind {
        case .table, .partitioned: break
        case .view: throw Self.refusal(definition.name, "is a view", "Mirror the tables that it reads.")
        case .materializedView, .foreign, .other:
            throw Self.refusal(definition.name, "is no ordinary table, so its changes cannot be followed", "Read the tables that it is made from.")
        }
        guard !definition.columns.isEmpty else { throw Self.refusal(definition.name, "has no columns", "Add a column.") }
        guard !definition.name.schema.lowercased().hasPrefix("sqlite_") else {
            throw Self.refusal(definition.name, "is in a schema whose name SQLite reserves", "Rename the schema.")
        }
        var seen: Set<String> = []
        columns = try definition.columns.map { column in
            guard seen.insert(Self.folded(column.name)).inserted else {
                throw Self.refusal(
                    definition.name, "has columns named '\(column.name)' in different case, which SQLite takes for one", "Rename one of them.")
            }
            guard let encoding = Encoding.ofColumn(column.type) else {
                throw Self.refusal(
                    definition.name, "has the column '\(column.name)' of type \(column.type), which cannot be held exactly",
                    "Read a view without that column, or change its type.")
            }
            return Column(name: column.name, type: column.type, encoding: encoding, isNullable: column.isNullable)
        }
        key = definition.primaryKey.compactMap { name in definition.columns.firstIndex { $0.name == name } }
        guard key.count == definition.primaryKey.count else {
            throw RealtimeError(.unexpected, "the definition of \(definition.name) names key columns that it does not have")
        }
        keyIsRowID = key.count == 1 && columns[key[0]].encoding == .integer
        rowNumber = keyIsRowID ? columns[key[0]].name : (1...).lazy.map { String(repeating: "~", count: $0) + "row" }.first { !seen.contains($0) } ?? ""
        upsertIntoMirror = writtenUpsert(into: name)
    }

    private static func refusal(_ table: TableName, _ what: String, _ hint: String) -> RealtimeError {
        RealtimeError(.notMirrorable, "the table \(table) cannot be mirrored", reason: "\(table) \(what)", hint: hint)
    }

    /// SQLite takes identifiers that differ in the case of ASCII letters for equal.
    static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Whether rows of one definition are rows of the other, held the same way.
    func holdsRows(of other: TableDefinition) -> Bool { definition.columns == other.columns && definition.primaryKey == other.primaryKey }

    // MARK: Making

    /// `name` is the mirror's, or that of the table it is loaded into.
    func createTable(named name: String) -> String {
        let numbered = keyIsRowID ? [] : ["\(SQLiteNames.quoted(rowNumber)) INTEGER PRIMARY KEY"]
        let columns = columns.enumerated().map { index, column in
            var text = "\(SQLiteNames.quoted(column.name)) \(Self.storage(column.encoding))"
            if keyIsRowID, index == key[0] { text += " PRIMARY KEY" }
            if !column.isNullable || key.contains(index) { text += " NOT NULL" }
            return text
        }
        return "CREATE TABLE \(SQLiteNames.quoted(name)) (\((columns + numbered).joined(separator: ", "))) STRICT"
    }

    /// The unique index that upserts and lookups by key use; nil if there is no key or it is the row number.
    func createKeyIndex(named index: String, on name: String) -> String? {
        guard !key.isEmpty, !keyIsRowID else { return nil }
        return "CREATE UNIQUE INDEX \(SQLiteNames.quoted(index)) ON \(SQLiteNames.quoted(name)) (\(list(key)))"
    }

    /// The columns of an index that is to lead to rows by these: none behind the row number, which every index ends with by itself. Where it is
    /// named as well, SQLite 3.40 seeks pairs of values by three columns, and finds no rows.
    func indexed(_ columns: [String]) -> [String] { keyIsRowID ? Array(columns.prefix { $0 != self.columns[key[0]].name }) : columns }

    /// Those of the columns that a statement reads which an index may cover beside its key: none if they are too many, or if one of them may be
    /// large, for then the rows are read anyway.
    func covered(_ read: Set<String>, beside key: [String], limit: Int) -> [String] {
        let others = columns.filter { read.contains($0.name) && !key.contains($0.name) && $0.name != rowNumber }
        return others.count <= limit && others.allSatisfy(\.isSmall) ? others.map(\.name) : []
    }

    /// What is only read is put in order as bytes: nobody seeks by it. The row number is a sum, which no statement writes: see ``indexed(_:)``
    /// for what SQLite makes of it by its name.
    func createIndex(named index: String, on name: String, _ columns: KeyIndex) -> String {
        var list = columns.key.map(SQLiteNames.quoted)
        if !columns.covered.isEmpty { list.append(SQLiteNames.quoted(rowNumber) + " + 0") }
        list += columns.covered.map { SQLiteNames.quoted($0) + " COLLATE BINARY" }
        return "CREATE INDEX \(SQLiteNames.quoted(index)) ON \(SQLiteNames.quoted(name)) (\(list.joined(separator: ", ")))"
    }

    private static func storage(_ encoding: Encoding) -> String {
        switch encoding {
        case .integer, .boolean, .scaled, .days, .microseconds: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .decimal: "TEXT COLLATE \(ValueOrder.numeric.collation)"
        case .interval: "TEXT COLLATE \(ValueOrder.interval.collation)"
        case .padded: "TEXT COLLATE \(ValueOrder.padded.collation)"
        case .blob: "BLOB"
        }
    }

    // MARK: Changing

    func insert(into name: String) -> String {
        "INSERT INTO \(SQLiteNames.quoted(name)) (\(list(Array(columns.indices)))) VALUES (\(parameters(columns.count)))"
    }

    /// With a key, a row of the same key is replaced; without, the row is added.
    func upsert(into name: String) -> String { name == self.name ? upsertIntoMirror : writtenUpsert(into: name) }

    private func writtenUpsert(into name: String) -> String {
        guard !key.isEmpty else { return insert(into: name) }
        // A key that is equal is the same, so that its index need not be touched; only these print equal values in different ways.
        let changing = columns.indices.filter { !key.contains($0) || [.decimal, .interval, .padded].contains(columns[$0].encoding) }
        let updates = changing.map { "\(SQLiteNames.quoted(columns[$0].name)) = excluded.\(SQLiteNames.quoted(columns[$0].name))" }
        let action = updates.isEmpty ? "NOTHING" : "UPDATE SET \(updates.joined(separator: ", "))"
        return insert(into: name) + " ON CONFLICT (\(list(key))) DO \(action)"
    }

    func delete(from name: String) -> String {
        let conditions = key.enumerated().map { "\(SQLiteNames.quoted(columns[$1].name)) = ?\($0 + 1)" }
        return "DELETE FROM \(SQLiteNames.quoted(name)) WHERE \(conditions.joined(separator: " AND "))"
    }

    private func list(_ positions: [Int]) -> String { positions.map { SQLiteNames.quoted(columns[$0].name) }.joined(separator: ", ") }

    private func parameters(_ count: Int) -> String { (1...count).map { "?\($0)" }.joined(separator: ", ") }
}
