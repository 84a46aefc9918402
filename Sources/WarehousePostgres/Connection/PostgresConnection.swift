import CLibPQ
import FeatureModel
import Foundation
import Warehouse

/// One session. Every call blocks.
///
/// `@unchecked Sendable`: the pool hands a connection to one thread at a time; only ``cancelHandle`` is used by others.
final class PostgresConnection: @unchecked Sendable {
    private let raw: OpaquePointer
    let cancelHandle: CancelHandle
    /// Statements that ``prepared(_:_:)`` has planned, and their names on the server.
    private var names: [String: String] = [:]

    /// Connects, at most 2 s for each address, and pins the session.
    init(_ settings: ConnectionSettings) throws {
        let parameters = settings.parameters
        let keywords = parameters.map { strdup($0.0) } + [nil], values = parameters.map { strdup($0.1) } + [nil]
        defer { for text in keywords + values { free(text) } }
        let connection = keywords.map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { PQconnectdbParams(keywords.baseAddress, $0.baseAddress, 1) }
        }
        guard let connection else { throw ServerComplaint.unavailable("out of memory") }
        guard PQstatus(connection) == CONNECTION_OK else {
            let reason = Self.presentable(String(cString: PQerrorMessage(connection)))
            PQfinish(connection)
            throw ServerComplaint.unavailable(reason)
        }
        raw = connection
        cancelHandle = CancelHandle(connection)
        // Notices would go to standard error.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        let pins = settings.pins
        let calls = pins.indices.map { "set_config($\(2 * $0 + 1), $\(2 * $0 + 2), false)" }
        _ = try query("SELECT " + calls.joined(separator: ", "), pins.flatMap { [$0.0, $0.1] })
    }

    deinit { PQfinish(raw) }

    /// libpq's messages quote host, user and database; the part that says why is kept.
    static func presentable(_ message: String) -> String {
        let line = message.split(separator: "\n").first.map(String.init) ?? ""
        if let range = line.range(of: "FATAL:") { return line[range.upperBound...].trimmingCharacters(in: .whitespaces) }
        let unquoted = line.replacing(/"[^"]*"/, with: "")
        let why = unquoted.split(separator: ": ").dropFirst().last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        return why.isEmpty ? "No connection was made." : why
    }

    /// Whether the session can serve another caller: connected, in no transaction, never cancelled.
    var isReusable: Bool {
        PQstatus(raw) == CONNECTION_OK && PQtransactionStatus(raw) == PQTRANS_IDLE && !cancelHandle.wasUsed
    }

    var isConnected: Bool { PQstatus(raw) == CONNECTION_OK }

    /// Whether an idle session has been closed by the server, as far as this end can know without a round trip.
    func hasBeenClosed() -> Bool {
        var descriptor = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 0) > 0 else { return false }
        return PQconsumeInput(raw) == 0 || PQstatus(raw) != CONNECTION_OK
    }

    // MARK: Statements

    /// One statement of the extended protocol (several in one text are refused by the server), parameters and answers as text.
    func query(_ sql: String, _ parameters: [String?] = [], origin: StatementOrigin? = nil) throws -> PostgresResult {
        try refuseNull(sql)
        let result = Self.withCopies(parameters) { PQexecParams(raw, sql, Int32(parameters.count), nil, $0, nil, nil, 0) }
        return try check(result, origin)
    }

    /// The same for a fixed statement that a session asks often: the server plans it once.
    func prepared(_ sql: String, _ parameters: [String?]) throws -> PostgresResult {
        let name = names[sql] ?? "fixed_\(names.count)"
        if names[sql] == nil {
            _ = try check(PQprepare(raw, name, sql, 0, nil), nil)
            names[sql] = name
        }
        return try check(Self.withCopies(parameters) { PQexecPrepared(raw, name, Int32(parameters.count), $0, nil, nil, 0) }, nil)
    }

    private static func withCopies(
        _ parameters: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> OpaquePointer?
    ) -> OpaquePointer? {
        let copies = parameters.map { $0.flatMap { strdup($0) } }
        defer { for copy in copies { free(copy) } }
        return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    /// Statements of this room's own making, several at once.
    func execute(_ sql: String) throws {
        _ = try check(PQexec(raw, sql), nil)
    }

    /// What the statement would answer, without running it. Throws with the position in the text as given.
    func describe(_ sql: String) throws -> PostgresResult {
        try refuseNull(sql)
        let origin = StatementOrigin(text: sql)
        _ = try check(PQprepare(raw, "", sql, 0, nil), origin)
        return try check(PQdescribePrepared(raw, ""), origin)
    }

    /// C would take the text to end there.
    private func refuseNull(_ sql: String) throws {
        guard let offset = sql.utf8.firstIndex(of: 0) else { return }
        throw WarehouseError(
            .statementRefused, "The statement holds a NUL character.", hint: "Remove it.",
            position: SourcePosition(utf8Offset: sql.utf8.distance(from: sql.startIndex, to: offset), in: sql), sqlstate: "22021")
    }

    private func check(_ result: OpaquePointer?, _ origin: StatementOrigin?) throws -> PostgresResult {
        guard let result else { throw lost() }
        let answer = PostgresResult(adopting: result)
        switch answer.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_OUT, PGRES_COPY_IN, PGRES_EMPTY_QUERY: return answer
        default: throw StatementFailure(complaint: answer.complaint, origin: origin, connectionIsLost: PQstatus(raw) != CONNECTION_OK)
        }
    }

    private func lost() -> StatementFailure {
        StatementFailure(complaint: nil, origin: nil, connectionIsLost: true)
    }

    // MARK: COPY

    /// Reads the data of a COPY that has begun, a message at a time; the bytes are valid inside the closure only.
    func readCopy(_ origin: StatementOrigin?, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(raw, &buffer, 0)
            guard count > 0, let buffer else { break }
            defer { PQfreemem(buffer) }
            try body(UnsafeRawBufferPointer(start: buffer, count: Int(count)))
        }
        try finishCopy(origin)
    }

    func writeCopy(_ bytes: UnsafeRawBufferPointer) throws {
        guard PQputCopyData(raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count)) == 1 else { throw lost() }
    }

    func endCopyIn() throws {
        guard PQputCopyEnd(raw, nil) == 1 else { throw lost() }
        try finishCopy(nil)
    }

    private func finishCopy(_ origin: StatementOrigin?) throws {
        var failure: (any Error)?
        while let result = PQgetResult(raw) {
            do { _ = try check(result, origin) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        if PQstatus(raw) != CONNECTION_OK { throw lost() }
    }
}
