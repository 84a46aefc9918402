public import FeatureModel
import Threads
public import Warehouse

/// Writes rows into the warehouse: tables made when absent, rows by COPY, everything of one call in one transaction.
public final class PostgresWarehouseWriter: WarehouseWriter {
    private let pool: ConnectionPool
    private let seconds: Double

    /// - Parameters:
    ///   - url: of a role that may insert and, where tables are to be made, create. Throws if libpq cannot read it; nothing is connected yet.
    ///   - seconds: for one call.
    public init(url: String, connections: Int = 2, seconds: Double = 120) throws {
        // In UTC a timestamptz can be written without its offset.
        let settings = try ConnectionSettings(url: url, searchPath: ["pg_catalog"], timeZone: "UTC", isReadOnly: false)
        let canceller = ThreadPool(name: "writer-cancel", threads: 1)
        pool = ConnectionPool(settings, name: "warehouse-write", connections: connections, queueLimit: 64, patience: 10, canceller: canceller)
        self.seconds = seconds
    }

    public func ensure(_ tables: [TableDefinition]) async throws {
        guard !tables.isEmpty else { return }
        try await pool.run(seconds: seconds) { try TableMaker(connection: $0).ensure(tables) }
    }

    public func insert(_ rows: [(table: TableDefinition, frames: [Frame])]) async throws {
        try await pool.run(seconds: seconds) { connection in
            for (table, frames) in rows where frames.contains(where: { $0.rowCount > 0 }) {
                let columns = SQLName.list(table.columns.map(\.name))
                _ = try connection.query("COPY \(SQLName.quoted(table.name)) (\(columns)) FROM STDIN")
                for frame in frames { try CopyText(frame: frame, table: table).write(to: connection) }
                try connection.endCopyIn()
            }
        }
    }

    public func close() async { pool.close() }
}
