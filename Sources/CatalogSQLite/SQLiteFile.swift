import Catalog
import EmbeddedSQL
import Foundation
import Synchronization
import Threads

/// The connections to the file: one that writes, on a thread of its own, a few that read, and one that looks for changes.
///
/// `@unchecked Sendable`: a connection is in the hands of one job at a time. A job takes it from `idle`, under `lock`, and
/// puts it back; there are as many connections as threads, so there always is one unless the file is closed.
final class SQLiteFile: @unchecked Sendable {
    private static let readerCount = 3
    private static let queueLimit = 1_024
    /// Milliseconds to wait for another process's lock.
    private static let busyTimeout: Int32 = 2_000

    private enum Role { case writer, reader, watcher }

    private let lock = Mutex(())
    private var idle: [Role: [Connection]]
    private let writers = ThreadPool(name: "catalog-sqlite-writer", threads: 1, queueLimit: queueLimit)
    private let readers = ThreadPool(name: "catalog-sqlite-reader", threads: readerCount, queueLimit: queueLimit)
    private let watchers = ThreadPool(name: "catalog-sqlite-watcher", threads: 1, queueLimit: queueLimit)
    private let outage = Outage()

    init(path: String) throws {
        do {
            // SQLite gives the files beside it (-wal, -shm) the same permissions.
            let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            if descriptor >= 0 { Foundation.close(descriptor) }
            let writer = try Self.open(path)
            try CatalogTables.create(writer)
            let readers = try (0...Self.readerCount).map { _ in
                let reader = try Self.open(path)
                try reader.execute("PRAGMA query_only=ON")
                return reader
            }
            idle = [.writer: [writer], .reader: Array(readers.dropLast()), .watcher: readers.suffix(1)]
        } catch let error as SQLiteError {
            throw Self.translated(error, message: "The catalog's file \(path) cannot be opened.")
        }
    }

    /// Two processes that make one new file at once can meet while it changes to WAL, where SQLite does not wait for locks.
    private static func open(_ path: String) throws -> Connection {
        let deadline = ContinuousClock.now + .milliseconds(Int(busyTimeout))
        while true {
            do {
                return try Connection(.file(path: path, synchronous: .full), busyTimeout: busyTimeout)
            } catch let error as SQLiteError where error.isBusy && ContinuousClock.now < deadline {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    func read<R: Sendable>(_ body: @escaping @Sendable (Connection) throws -> R) async throws -> R {
        try await run(on: readers, .reader, body)
    }

    /// Runs `body` with a connection that is always the same and behind no other call.
    func watch<R: Sendable>(_ body: @escaping @Sendable (Connection) throws -> R) async throws -> R {
        try await run(on: watchers, .watcher, body)
    }

    /// Runs `body` in a transaction that holds the write lock from its start.
    func write<R: Sendable>(_ body: @escaping @Sendable (Connection) throws -> R) async throws -> R {
        try await run(on: writers, .writer) { connection in try connection.transaction(.immediate) { try body(connection) } }
    }

    func close() async {
        for (role, count, pool) in [(Role.writer, 1, writers), (.reader, Self.readerCount, readers), (.watcher, 1, watchers)] {
            for _ in 0..<count { try? await pool.run { [self] in _ = take(role) } }
            pool.shutDown()
        }
    }

    private func run<R: Sendable>(on pool: ThreadPool, _ role: Role, _ body: @escaping @Sendable (Connection) throws -> R) async throws -> R {
        let asked = ContinuousClock.now
        do {
            return try await pool.run { [self] in
                guard let connection = take(role) else { throw CatalogError(.unavailable, "The catalog is closed.") }
                defer { giveBack(connection, role) }
                // Writers alone can wait for a lock.
                if role == .writer, outage.wasSeen(since: asked) { throw Self.locked }
                do {
                    return try body(connection)
                } catch let error as SQLiteError {
                    if error.isBusy { outage.wasSeen() }
                    throw Self.translated(error, message: "The catalog's file cannot be used.")
                }
            }
        } catch is ThreadPoolFull {
            throw CatalogError(
                .unavailable, "The catalog takes no more calls.", reason: "it is closed, or \(Self.queueLimit) calls are already waiting")
        }
    }

    private func take(_ role: Role) -> Connection? { lock.withLock { _ in idle[role]?.popLast() } }

    private func giveBack(_ connection: Connection, _ role: Role) { lock.withLock { _ in idle[role]?.append(connection) } }

    private static let locked = CatalogError(
        .unavailable, "The catalog's file is locked.", reason: "another process has held its lock for more than \(busyTimeout / 1_000) s")

    private static func translated(_ error: SQLiteError, message: String) -> CatalogError {
        if error.isBusy { return locked }
        if error.isCorruption { return CatalogError(.corrupt, message, reason: error.message) }
        if error.code == 18 { return StoredDocument.tooLarge("document") }
        return CatalogError(.unavailable, message, reason: error.message)
    }
}
