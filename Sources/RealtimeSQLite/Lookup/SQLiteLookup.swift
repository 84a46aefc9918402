internal import EmbeddedSQL
internal import FeatureModel
internal import Realtime
internal import SQLDialect
import Glibc
import Synchronization

/// A statement that the store has accepted, ready to run on every copy.
final class SQLiteLookup: PreparedLookup {
    let statement: RealtimeStatement
    let plan: LookupPlan
    let visitsFewRows: Bool
    let schema: Schema
    /// Names the compiled statement in each copy's cache; never used twice in a process.
    private let number: UInt64
    private let mirrors: [Mirror]
    private let keys: [KeyEncoder]
    private let readers: [CellReader]
    let hotRows: HotRows
    /// How often it took more steps than a lookup on the caller's thread may.
    private let overruns = Atomic(0)

    private static let numbers = Atomic<UInt64>(0)

    /// Steps of SQLite's interpreter that a lookup may run on its caller's thread: a few milliseconds.
    private static let quickSteps = 200_000

    init(_ statement: RealtimeStatement, over mirrors: [Mirror], plan: LookupPlan, hotRows: HotRows) throws {
        self.statement = statement
        self.mirrors = mirrors
        self.plan = plan
        visitsFewRows = plan.visitsFewRows
        self.hotRows = hotRows
        schema = statement.schema
        number = Self.numbers.add(1, ordering: .relaxed).newValue
        keys = try statement.parameters.map { try KeyEncoder($0) }
        readers = try statement.columns.map { cell in
            guard let reader = CellReader(cell) else {
                throw RealtimeError(.unexpected, "the column '\(cell.name)' of type \(cell.type) cannot be read from the encoding \(cell.encoding)")
            }
            return reader
        }
    }

    /// Whether to try on the caller's thread first. One that has gone beyond its steps three times is a long one.
    var isQuick: Bool { visitsFewRows && overruns.load(ordering: .relaxed) < 3 }

    var hot: HotStatistics { hotRows.statistics }

    /// Of all tables read: each only grows, so equal sums are equal versions.
    var version: UInt64 { mirrors.reduce(0) { $0 &+ $1.version } }

    func checkMirrors() throws { for mirror in mirrors { try mirror.checkReadable() } }

    /// The key as the statement's parameters; nil if no row can have it.
    ///
    /// - Parameter clock: what `now()` is; nil for this moment.
    func bind(_ key: [Value], clock: Int64?) throws -> [BoundKey]? {
        guard key.count == keys.count else {
            throw RealtimeError(.badKeyValue, "\(key.count) key values were given for \(keys.count) key columns")
        }
        var bound: [BoundKey] = []
        bound.reserveCapacity(key.count)
        var isAbsent = false
        for (encoder, value) in zip(keys, key) {
            if let encoded = try encoder.encode(value) { bound.append(encoded) } else { isAbsent = true }
        }
        if statement.clockParameter != nil { bound.append(.integer(clock ?? Self.now)) }
        return isAbsent ? nil : bound
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// Compiles the statement on a copy, unless it is in its cache. Under the copy's lock.
    func compiled(on session: CopySession) throws -> Statement {
        try session.lookups.statement(for: number) {
            let compiled = try session.connection.prepare(statement.sql, isKept: true)
            guard compiled.isReadOnly else { throw RealtimeError(.unexpected, "the statement would write") }
            guard compiled.columnCount == readers.count else {
                throw RealtimeError(.unexpected, "the statement gives \(compiled.columnCount) columns where \(readers.count) are expected")
            }
            let most = max(keys.count, statement.clockParameter ?? 0)
            guard compiled.parameterCount <= most else {
                throw RealtimeError(.unexpected, "the statement has \(compiled.parameterCount) parameters where \(most) are expected")
            }
            return compiled
        }
    }

    /// Runs on the calling thread, giving up after a few milliseconds' steps: nil then.
    func runQuickly(on session: CopySession, key: [BoundKey], deadline: LookupDeadline) throws -> Frame? {
        do { return try run(on: session, key: key, deadline: deadline, steps: Self.quickSteps) } catch is TooManySteps {
            overruns.add(1, ordering: .relaxed)
            return nil
        }
    }

    /// Runs to the end or the deadline.
    func run(on session: CopySession, key: [BoundKey], deadline: LookupDeadline) throws -> Frame {
        try run(on: session, key: key, deadline: deadline, steps: nil)
    }

    private struct TooManySteps: Error {}

    private func run(on session: CopySession, key: [BoundKey], deadline: LookupDeadline, steps: Int?) throws -> Frame {
        // Under the lock: a mirror that is dropped after this stays until the lock is free.
        try checkMirrors()
        session.watch.begin(deadline: deadline.end, steps: steps)
        defer { session.watch.end() }
        do {
            let compiled = try compiled(on: session)
            defer { compiled.reset() }
            for (index, value) in key.prefix(compiled.parameterCount).enumerated() { try value.bind(to: compiled, at: index + 1) }
            return try frame(of: compiled, deadline)
        } catch let error as SQLiteError where error.isInterrupt {
            switch session.watch.verdict {
            case .timeLimit: throw deadline.timeLimit
            case .tooManySteps: throw TooManySteps()
            // Without a verdict it was interrupted from outside, which only a cancelled task does.
            case .cancelled, .none: throw CancellationError()
            }
        } catch let error as SQLiteError {
            throw RealtimeError(error)
        }
    }

    private func frame(of compiled: Statement, _ deadline: LookupDeadline) throws -> Frame {
        var columns = schema.fields.map { Column($0.type.physical) }
        var rows = 0
        var bytes = 0
        while try compiled.step() {
            rows += 1
            guard rows <= deadline.limits.rows else { throw deadline.rowLimit }
            for index in readers.indices {
                guard let size = readers[index].read(compiled, index, into: &columns[index]) else {
                    throw RealtimeError(
                        .unexpected, "the column '\(statement.columns[index].name)' came as \(compiled.storageClass(index)) from SQLite")
                }
                bytes += size
            }
            guard bytes <= deadline.limits.bytes else { throw deadline.byteLimit }
        }
        return Frame(schema: schema, columns: columns)
    }
}
