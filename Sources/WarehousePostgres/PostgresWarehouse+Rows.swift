public import FeatureModel
import Threads
public import Warehouse

extension PostgresWarehouse {
    public func jsonRows(of sql: String, limits: RunLimits) async throws -> JSONRowStream {
        try await rows(limits) { connection in
            _ = try StatementDescription.read(sql, on: connection)
            let prefix = "COPY (SELECT pg_catalog.row_to_json(featurestore_row) FROM (\n"
            let copy = prefix + StatementText.withoutTerminator(sql) + "\n) AS featurestore_row) TO STDOUT (FORMAT binary)"
            return (copy, StatementOrigin(text: sql, prefix: prefix), 1, JSONRowCollector())
        }
    }

    public func frames(of sql: String, schema: Schema, limits: RunLimits) async throws -> FrameStream {
        try await rows(limits) { connection in
            try StatementDescription.read(sql, on: connection).check(against: schema)
            let (before, after) = TextColumns.selection(of: schema)
            let prefix = "COPY (\(before)\n"
            let copy = prefix + StatementText.withoutTerminator(sql) + "\n\(after)) TO STDOUT (FORMAT binary)"
            return (copy, StatementOrigin(text: sql, prefix: prefix), schema.fields.count, FrameCollector(schema: schema))
        }
    }

    public func rows(of table: TableDefinition) async throws -> FrameStream {
        let schema = Schema(table.columns.map { .init(name: $0.name, type: $0.type, isNullable: $0.isNullable) })
        let select = "SELECT \(SQLName.list(schema.names)) FROM \(SQLName.quoted(table.name))"
        return try await frames(of: select, schema: schema, limits: RunLimits(seconds: limits.loadSeconds))
    }

    /// Runs the COPY that `prepare` writes, which may first ask on the same session, in the same transaction. Returns once PostgreSQL
    /// has accepted it; rows are read as the caller takes them, at most a few batches ahead.
    private func rows<Collector: RowCollector>(
        _ limits: RunLimits,
        _ prepare: @escaping @Sendable (PostgresConnection) throws -> (copy: String, origin: StatementOrigin, columns: Int, collector: Collector)
    ) async throws -> AsyncThrowingStream<Collector.Batch, any Error> {
        let control = streams.makeControl(seconds: limits.seconds)
        let channel = BatchChannel<Collector.Batch>()
        try await streams.begin(control, onEnd: { channel.finish($0) }) { connection, started in
            for (name, value) in limits.settings { _ = try connection.query("SELECT pg_catalog.set_config($1, $2, true)", [name, value]) }
            let (copy, origin, columns, collector) = try prepare(connection)
            _ = try connection.query(copy, origin: origin)
            started()
            var reader = BinaryCopyReader(columns: columns)
            var sink = BatchSink(collector: collector, limit: limits.rows, channel: channel)
            do {
                try connection.readCopy(origin) { try reader.feed($0) { try sink.add($0) } }
            } catch let error where !(error is StatementFailure) {
                // The server goes on sending until it is told; the session is given up with it.
                connection.cancelHandle.cancel()
                throw error
            }
            try reader.finish()
            try sink.finish()
        }
        return RowStream.stream(channel, control)
    }
}

/// From rows to batches in a channel.
private struct BatchSink<Collector: RowCollector> {
    var collector: Collector
    let limit: Int?
    let channel: BatchChannel<Collector.Batch>
    private var rows = 0

    init(collector: Collector, limit: Int?, channel: BatchChannel<Collector.Batch>) {
        self.collector = collector
        self.limit = limit
        self.channel = channel
    }

    mutating func add(_ row: RowFields) throws {
        rows += 1
        if let limit, rows > limit {
            throw WarehouseError(
                .rowLimit, "The statement gives more than \(limit) rows.", hint: "Select fewer rows, e.g. with LIMIT, or ask for a higher limit.")
        }
        try collector.add(row)
        if collector.isFull { try channel.send(collector.take()) }
    }

    mutating func finish() throws {
        if !collector.isEmpty { try channel.send(collector.take()) }
    }
}
