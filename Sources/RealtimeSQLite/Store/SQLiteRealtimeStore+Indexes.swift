internal import EmbeddedSQL
internal import FeatureModel
internal import Realtime
internal import SQLDialect

extension SQLiteRealtimeStore {
    /// Makes the index on every copy, unless the primary key or an index made before leads to the rows. One made before for the same key is
    /// made anew where the statement reads columns that it does not cover yet. The first columns of a primary key lead to several rows: beside
    /// the key's own index comes one in the same order that covers what is read.
    ///
    /// - Parameter read: the columns that the statement reads, by mirror.
    func makeIndex(_ wanted: RealtimeStatement.WantedIndex, reading read: [String: Set<String>]) throws {
        guard let mirror = mirrors[wanted.table] else {
            throw RealtimeError(.unexpected, "an index is wanted on \(wanted.table), which the statement does not read")
        }
        let layout = mirror.layout
        guard !wanted.columns.isEmpty, wanted.columns.allSatisfy({ layout.definition.column(named: $0) != nil }) else {
            throw RealtimeError(.unexpected, "an index is wanted on columns that \(wanted.table) does not have")
        }
        let columns = layout.indexed(wanted.columns), primary = layout.definition.primaryKey
        let isLedTo = primary.starts(with: columns)
        let key = isLedTo ? primary : columns
        let covered = layout.covered(read[layout.name] ?? [], beside: key, limit: configuration.coveredColumns)
        guard !isLedTo || !columns.isEmpty && columns.count < primary.count && !covered.isEmpty else { return }
        let present = mirror.withRecord(\.indexes)
        if let made = present.first(where: { $0.leads(by: key) }) {
            guard made.key == key, let wider = made.widened(by: covered, limit: configuration.coveredColumns) else { return }
            // That there is no room for it costs speed alone: the one that is there stays.
            do { try create(wider, insteadOf: made, of: mirror) } catch let error as RealtimeError where error.kind == .memoryLimit {}
            return
        }
        guard present.count < configuration.indexesPerTable else {
            if isLedTo { return }
            throw RealtimeError(
                .notMirrorable, "the table \(wanted.table) has its \(configuration.indexesPerTable) indexes already",
                hint: "Look up by a column that has an index, or raise the store's number of indexes per table.")
        }
        do { try create(KeyIndex(key: key, covered: covered), of: mirror) } catch let error as RealtimeError where error.kind == .memoryLimit && !covered.isEmpty {
            if !isLedTo { try create(KeyIndex(key: key, covered: []), of: mirror) }
        }
    }

    private func create(_ index: KeyIndex, insteadOf old: KeyIndex? = nil, of mirror: Mirror) throws {
        let layout = mirror.layout
        let loading = mirror.withRecord { $0.load?.table }
        let targets = [layout.name, loading].compactMap(\.self).map { (freshName("index"), $0) }
        try copies.writeEverywhere { session, isFirst in
            for (name, table) in targets {
                if let old, let gone = try self.name(of: old, on: table, session) { try session.connection.execute("DROP INDEX \(SQLiteNames.quoted(gone))") }
                try session.connection.execute(layout.createIndex(named: name, on: table, index))
            }
            if isFirst { try checkMemory(session) }
        }
        mirror.withRecord { record in
            record.indexes.removeAll { $0 == old }
            record.indexes.append(index)
        }
    }

    /// What an index is called on a table: tables that were loaded have taken the place of others, and their indexes with them.
    private func name(of index: KeyIndex, on table: String, _ session: CopySession) throws -> String? {
        let names = try session.connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1")
        try names.bind(table, at: 1)
        return try names.rows { $0.string(0) }.first { name in
            let columns = try session.connection.prepare("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")
            try columns.bind(name, at: 1)
            // Expressions have no name.
            return try columns.rows { $0.string(0) } == index.key + (index.covered.isEmpty ? [] : [""]) + index.covered
        }
    }
}
