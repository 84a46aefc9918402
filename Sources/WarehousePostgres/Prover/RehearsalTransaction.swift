import FeatureModel
import Warehouse

/// Fills copies of the tables' definitions with rows, asks statements of them and empties them again, any number of times. The caller's
/// transaction is left rolled back.
struct RehearsalTransaction {
    let connection: PostgresConnection
    let tables: [TableDefinition]
    let environment: WarehouseEnvironment
    let limits: RehearsalLimits

    func run(_ rehearsals: [Rehearsal]) throws -> [RehearsalOutcome] {
        try connection.pin(environment)
        try DefinitionCopies(connection: connection, tables: tables).make()
        let clock = try connection.query("SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::int8").integer(0, 0)
        let outcomes = try rehearsals.map { rehearsal in
            try connection.execute("SAVEPOINT rehearsal")
            let accepted = try rehearsal.rows.map { try RehearsalRows(connection: connection, rows: $0).insert() }
            let frames = try rehearsal.cuts.map(frames)
            let answers = try rehearsal.statements.map { try answer($0, looksUp: rehearsal.looksUp) }
            try connection.execute("ROLLBACK TO SAVEPOINT rehearsal; RELEASE SAVEPOINT rehearsal")
            return RehearsalOutcome(answers: answers, frames: frames, accepted: accepted, clock: Int64(clock))
        }
        // The pool ends every transaction with COMMIT; in the new one there is nothing.
        try connection.execute("ROLLBACK; BEGIN")
        return outcomes
    }

    /// Runs in a transaction of its own that can only read, whatever the role may do.
    private func answer(_ sql: String, looksUp: Bool) throws -> EngineAnswer {
        let milliseconds = Int((limits.statementSeconds * 1000).rounded(.up))
        try connection.execute("SAVEPOINT statement; SET LOCAL transaction_read_only = on; SET LOCAL statement_timeout = \(milliseconds)")
        if looksUp { try connection.execute(["seqscan", "hashjoin", "mergejoin"].map { "SET LOCAL enable_\($0) = off" }.joined(separator: "; ")) }
        let answer = try outcome(of: sql)
        try connection.execute("ROLLBACK TO SAVEPOINT statement; RELEASE SAVEPOINT statement")
        return answer
    }

    private func outcome(of sql: String) throws -> EngineAnswer {
        let wrapped = "SELECT pg_catalog.row_to_json(featurestore_row)::pg_catalog.text FROM (\n\(StatementText.withoutTerminator(sql))\n) AS featurestore_row"
        do {
            let result = try connection.query(wrapped)
            return .rows((0..<result.rowCount).map { result.string($0, 0) })
        } catch let failure as StatementFailure where !failure.connectionIsLost && !connection.cancelHandle.wasUsed {
            guard let complaint = failure.complaint, !complaint.isUnavailability else { throw failure }
            return .failed(sqlstate: complaint.sqlstate, message: complaint.message)
        }
    }

    /// As ``PostgresWarehouse/rows(of:)`` gives them, so that the store loads what it would load.
    private func frames(_ cut: TableCut) throws -> [Frame] {
        let schema = Schema(cut.table.columns.map { .init(name: $0.name, type: $0.type, isNullable: $0.isNullable) })
        let (before, after) = TextColumns.selection(of: schema)
        let select = "SELECT \(SQLName.list(schema.names)) FROM \(SQLName.quoted(cut.table.name))\(Self.condition(cut.alternatives))"
        _ = try connection.query("COPY (\(before)\n\(select)\n\(after)) TO STDOUT (FORMAT binary)")
        var reader = BinaryCopyReader(columns: schema.fields.count)
        var collector = FrameCollector(schema: schema)
        var frames: [Frame] = []
        try connection.readCopy(nil) { bytes in
            try reader.feed(bytes) { row in
                try collector.add(row)
                if collector.isFull { frames.append(collector.take()) }
            }
        }
        try reader.finish()
        if !collector.isEmpty { frames.append(collector.take()) }
        return frames
    }

    private static func condition(_ alternatives: [[TableCut.Equality]]?) -> String {
        guard let alternatives else { return "" }
        let parts = alternatives.map { equalities in
            equalities.map { "\(SQLName.quoted($0.column)) = \(SQLLiteral.quoted($0.value))::\(TableStatement.typeName($0.type))" }
                .joined(separator: " AND ")
        }
        return parts.isEmpty ? " WHERE false" : " WHERE " + parts.map { "(\($0))" }.joined(separator: " OR ")
    }
}
