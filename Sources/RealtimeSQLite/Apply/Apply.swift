internal import EmbeddedSQL
internal import SQLDialect

/// The one place where rows get into the realtime store, and out of it.
enum Apply {
    /// Carries out one change inside the session's write transaction. Returns by how many rows the table has grown, as far as
    /// `isCounting` asks for it.
    static func run(_ change: RowChange, rows range: Range<Int>? = nil, on session: CopySession, isCounting: Bool) throws -> Int {
        let layout = change.layout
        switch change.action {
        case .insert(let rows):
            let statement = try session.writing(layout.insert(into: change.target))
            try each(rows, range, statement) { _ in }
            return (range ?? 0..<rows.count).count
        case .upsert(let rows):
            let statement = try session.writing(layout.upsert(into: change.target))
            guard isCounting, !layout.key.isEmpty else {
                try each(rows, range, statement) { _ in }
                return (range ?? 0..<rows.count).count
            }
            return try countingInserts(rows, range, statement, layout, session.connection)
        case .delete(let rows):
            let statement = try session.writing(layout.delete(from: change.target))
            var removed = 0
            try each(rows, range, statement) { _ in removed += session.connection.changes }
            return -removed
        case .truncate:
            let before =
                isCounting ? try session.writing("SELECT count(*) FROM \(SQLiteNames.quoted(change.target))").firstRow { Int($0.int64(0)) } ?? 0 : 0
            try session.writing("DELETE FROM \(SQLiteNames.quoted(change.target))").run()
            return -before
        }
    }

    private static func each(_ rows: EncodedRows, _ range: Range<Int>?, _ statement: Statement, after: (Int) -> Void) throws {
        defer {
            statement.reset()
            // The texts are borrowed from the rows.
            statement.clearBindings()
        }
        for row in range ?? 0..<rows.count {
            for (index, column) in rows.columns.enumerated() { try column.bind(row, to: statement, at: index + 1) }
            try statement.step()
            statement.reset()
            after(row)
        }
    }

    /// An upsert sets the last row number when it inserts, and leaves it alone when it updates.
    private static func countingInserts(
        _ rows: EncodedRows, _ range: Range<Int>?, _ statement: Statement, _ layout: MirrorLayout, _ connection: Connection
    ) throws -> Int {
        var inserted = 0
        // Any number but the one that the row would get: SQLite counts its own from 1.
        let untouched: (Int) -> Int64 = layout.keyIsRowID ? { ~rows.columns[layout.key[0]].integer($0) } : { _ in 0 }
        if let first = range?.lowerBound ?? (rows.count > 0 ? 0 : nil) { connection.lastInsertRowID = untouched(first) }
        try each(rows, range, statement) { row in
            if connection.lastInsertRowID != untouched(row) { inserted += 1 }
            if row + 1 < rows.count { connection.lastInsertRowID = untouched(row + 1) }
        }
        return inserted
    }
}
