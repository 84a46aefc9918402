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
    let keyColumns: [String]
    /// Names the compiled statement in each copy's cache; never used twice in a process.
    private let number: UInt64
    private let mirrors: [Mirror]
    private let keys: [KeyEncoder]
    private let requests: [KeyEncoder]
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
        keyColumns = statement.parameters.map(\.column)
        number = Self.numbers.add(1, ordering: .relaxed).newValue
        keys = try statement.parameters.map { try KeyEncoder($0) }
        requests = try statement.requestParameters.map { try KeyEncoder($0) }
        readers = try statement.columns.map { cell in
            guard let reader = CellReader(cell) else {
                throw RealtimeError(.unexpected, "the column '\(cell.name)' of type \(cell.type) cannot be read from the encoding \(cell.encoding)")
            }
            return reader
        }
    }

    /// So many keys of one call took more steps than that.
    private let manyKeys = Atomic(Int.max)

    /// Whether to try on the caller's thread first. One that has gone beyond its steps three times is a long one.
    var isQuick: Bool { visitsFewRows && overruns.load(ordering: .relaxed) < 3 }

    func isQuick(forKeys count: Int) -> Bool { isQuick && count < manyKeys.load(ordering: .relaxed) }

    var hot: HotStatistics { hotRows.statistics(at: version) }

    /// Of all tables read: each only grows, so equal sums are equal versions. Nil while one of them is being changed.
    var version: UInt64? {
        var sum: UInt64 = 0
        for mirror in mirrors {
            let version = mirror.version
            guard version & 1 == 0 else { return nil }
            sum &+= version
        }
        return sum
    }

    var isReady: Bool { mirrors.allSatisfy(\.isReady) }

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

    /// The keys of one call. A value that is none of its column's type throws with its place.
    func bind(_ keys: KeyBatch, clock: Int64?) throws -> BoundKeys {
        guard keys.width == self.keys.count else {
            throw RealtimeError(.badKeyValue, "\(keys.width) key values were given for \(self.keys.count) key columns")
        }
        var bound: [BoundKey] = []
        bound.reserveCapacity(keys.values.count)
        var absent: Set<Int> = []
        for (place, value) in keys.values.enumerated() {
            do {
                if let encoded = try self.keys[place % keys.width].encode(value) {
                    bound.append(encoded)
                } else {
                    absent.insert(place / keys.width)
                    bound.append(.integer(0))
                }
            } catch let error as RealtimeError { throw error.at(place / keys.width) }
        }
        return BoundKeys(
            count: keys.count, width: keys.width, values: bound, absent: absent, clock: statement.clockParameter == nil ? nil : clock ?? Self.now,
            requests: try Self.encode(requests: keys.requests, requests, keys: keys.count))
    }

    private static func encode(requests values: [Value], _ encoders: [KeyEncoder], keys: Int) throws -> [BoundKey?] {
        let rows = encoders.isEmpty ? 0 : values.count / encoders.count
        guard values.count == rows * encoders.count, encoders.isEmpty || rows == 1 || rows == keys else {
            throw RealtimeError(.badRequestValue, "\(values.count) request values were given for \(encoders.count) columns and \(keys) keys")
        }
        return try encode(requests: values, encoders)
    }

    /// Rows one after the other; of several the error names the place.
    static func encode(requests values: [Value], _ encoders: [KeyEncoder]) throws -> [BoundKey?] {
        try values.enumerated().map { place, value in
            do { return try encoders[place % encoders.count].encode(request: value) } catch let error as RealtimeError {
                throw values.count > encoders.count ? error.at(place / encoders.count) : error
            }
        }
    }

    /// Answers by key are the same for every call only if nothing but the key is asked with.
    var dependsOnKeyAlone: Bool { statement.clockParameter == nil && requests.isEmpty }

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
            let most = max(keys.count, statement.clockParameter ?? 0, requests.isEmpty ? 0 : statement.firstRequestParameter + requests.count - 1)
            guard compiled.parameterCount <= most else {
                throw RealtimeError(.unexpected, "the statement has \(compiled.parameterCount) parameters where \(most) are expected")
            }
            return compiled
        }
    }

    /// Runs on the calling thread, giving up after a few milliseconds' steps: false then, and the target holds some of the rows.
    func runQuickly(on session: CopySession, key: [BoundKey], deadline: LookupDeadline, into rows: inout some RowTarget) throws -> Bool {
        do { try run(on: session, key: key, deadline: deadline, into: &rows, steps: Self.quickSteps) } catch is TooManySteps {
            overruns.add(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Runs to the end or the deadline.
    func run(on session: CopySession, key: [BoundKey], deadline: LookupDeadline) throws -> Frame {
        var rows = RowBuffer(schema)
        try run(on: session, key: key, deadline: deadline, into: &rows, steps: nil)
        return rows.frame
    }

    private func run(on session: CopySession, key: [BoundKey], deadline: LookupDeadline, into rows: inout some RowTarget, steps: Int?) throws {
        try run(on: session, deadline, steps: steps) { compiled in
            for (index, value) in key.prefix(compiled.parameterCount).enumerated() { try value.bind(to: compiled, at: index + 1) }
            try read(compiled, into: &rows, deadline)
        }
    }

    // MARK: Several keys

    /// The same for several keys, one after the other on one copy: nothing changes between them. Where it gives up, calls of as many keys
    /// are not tried again.
    func runQuickly(on session: CopySession, keys: BoundKeys, deadline: LookupDeadline) throws -> KeyedRows? {
        try quickly(keys) { try run(on: session, keys: keys, deadline: deadline, steps: Self.quickSteps) }
    }

    /// Writes the rows instead; `open` writes what stands before those of a key, told its place and whether there are any.
    func runQuickly(
        on session: CopySession, keys: BoundKeys, deadline: LookupDeadline, into rows: inout RowWriter, open: (Int, Bool, inout [UInt8]) -> Void
    ) throws -> Bool {
        try quickly(keys) {
            try forEach(keys, on: session, deadline, steps: Self.quickSteps) { index, compiled in
                let isFound = try compiled?.step() ?? false
                rows.beginKey { open(index, isFound, &$0) }
                guard isFound, let compiled else { return }
                repeat { try take(compiled, into: &rows, deadline) } while try compiled.step()
            }
        } != nil
    }

    private func quickly<Answer>(_ keys: BoundKeys, _ body: () throws -> Answer) throws -> Answer? {
        do { return try body() } catch is TooManySteps {
            manyKeys.store(max(2, min(keys.count, manyKeys.load(ordering: .relaxed))), ordering: .relaxed)
            return nil
        }
    }

    func run(on session: CopySession, keys: BoundKeys, deadline: LookupDeadline, steps: Int? = nil) throws -> KeyedRows {
        var answer = KeyedRowsBuilder(schema, count: keys.count)
        // While the copy's lock is held: at an even version it shows that version exactly, and so do answers kept at it.
        let version = dependsOnKeyAlone && hotRows.isHot ? self.version : nil
        try forEach(keys, on: session, deadline, steps: steps) { index, compiled in
            guard let compiled else { return answer.addNothing() }
            guard let version else { return try answer.add { try read(compiled, into: &$0, deadline) } }
            let key = Array(keys.key(index))
            if let kept = hotRows.frame(for: key, version: version) { return try answer.add(kept, deadline) }
            var rows = answer.apart
            try read(compiled, into: &rows, deadline)
            hotRows.keep(rows.frame, for: key, version: version)
            answer.add(rows)
        }
        return answer.finish()
    }

    /// Calls `body` with each key's place and the statement ready to be stepped, nil where no row can have the key.
    private func forEach(
        _ keys: BoundKeys, on session: CopySession, _ deadline: LookupDeadline, steps: Int?, _ body: (Int, Statement?) throws -> Void
    ) throws {
        try run(on: session, deadline, steps: steps) { compiled in
            let parameters = compiled.parameterCount, width = min(self.keys.count, parameters)
            if let clock = keys.clock, let number = statement.clockParameter, number <= parameters { try compiled.bind(clock, at: number) }
            if keys.requests.count == requests.count { try bind(keys.requests[...], to: compiled) }
            try session.inReadTransaction {
                defer { compiled.reset() }
                for index in 0..<keys.count {
                    if keys.isAbsent(index) {
                        try body(index, nil)
                        continue
                    }
                    do {
                        if keys.requests.count > requests.count {
                            try bind(keys.requests[index * requests.count..<(index + 1) * requests.count], to: compiled)
                        }
                        let key = keys.key(index)
                        for position in 0..<width { try key[key.startIndex + position].bind(to: compiled, at: position + 1) }
                        try body(index, compiled)
                    } catch let error as SQLiteError where !error.isInterrupt {
                        throw RealtimeError(error).at(index)
                    }
                    compiled.reset()
                }
            }
        }
    }

    private func bind(_ request: ArraySlice<BoundKey?>, to compiled: Statement) throws {
        for (place, value) in request.enumerated() {
            let number = statement.firstRequestParameter + place
            guard number <= compiled.parameterCount else { return }
            if let value { try value.bind(to: compiled, at: number) } else { try compiled.bindNull(at: number) }
        }
    }

    // MARK: On a copy

    private struct TooManySteps: Error {}

    private func run<Answer>(on session: CopySession, _ deadline: LookupDeadline, steps: Int?, _ body: (Statement) throws -> Answer) throws -> Answer {
        // Under the lock: a mirror that is dropped after this stays until the lock is free.
        try checkMirrors()
        session.watch.begin(deadline: deadline.end, steps: steps)
        defer { session.watch.end() }
        do {
            let compiled = try compiled(on: session)
            defer { compiled.reset() }
            return try body(compiled)
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

    private func read(_ compiled: Statement, into rows: inout some RowTarget, _ deadline: LookupDeadline) throws {
        while try compiled.step() { try take(compiled, into: &rows, deadline) }
    }

    /// The row at which the statement stands.
    private func take(_ compiled: Statement, into rows: inout some RowTarget, _ deadline: LookupDeadline) throws {
        rows.count += 1
        guard rows.count <= deadline.limits.rows else { throw deadline.rowLimit }
        if let index = rows.take(compiled, readers) {
            throw RealtimeError(
                .unexpected, "the column '\(statement.columns[index].name)' came as \(compiled.storageClass(index)) from SQLite")
        }
        guard rows.bytes <= deadline.limits.bytes else { throw deadline.byteLimit }
    }
}
