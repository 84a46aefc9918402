internal import EmbeddedSQL
public import FeatureModel
public import Formats
public import Realtime
public import SQLDialect
internal import Threads

extension SQLiteRealtimeStore {
    /// Throws `loading` if a table has no mirror, `unexpected` if SQLite does not take the statement or the authorizer refuses it,
    /// `notMirrorable` if a table has as many indexes as it may.
    public func prepare(_ statement: RealtimeStatement, isCached: Bool) async throws -> any PreparedLookup {
        try await write { try self.prepareNow(statement, isCached: isCached) }
    }

    private func prepareNow(_ statement: RealtimeStatement, isCached: Bool) throws -> SQLiteLookup {
        let mirrors = try statement.tables.map { table in
            guard let mirror = self.mirrors[table] else {
                throw RealtimeError(
                    .loading, "the table \(table) is not in the realtime store", details: .object([.init("table", .string(table.description))]))
            }
            return mirror
        }
        if !statement.wantedIndexes.isEmpty {
            let read = try copies.readQuickly { session in
                do { return try session.access.columnsRead { _ = try session.connection.prepare(statement.sql) } } catch let error as SQLiteError {
                    throw Self.refusal(error)
                }
            }
            for index in statement.wantedIndexes { try makeIndex(index, reading: read) }
        }
        let plan = try copies.readQuickly { session in
            do { return try PlanReader.plan(of: statement, on: session.connection) } catch let error as SQLiteError {
                throw Self.refusal(error)
            }
        }
        let lookup = try SQLiteLookup(statement, over: mirrors, plan: plan, hotRows: HotRows(budget: hot, isMarked: isCached))
        for copy in copies.all {
            _ = try copy.read { session in
                do { _ = try lookup.compiled(on: session) } catch let error as SQLiteError { throw Self.refusal(error) }
            }
        }
        return lookup
    }

    private static func refusal(_ error: SQLiteError) -> RealtimeError {
        RealtimeError(
            .unexpected, error.isDenied ? "the statement does what a lookup may not do" : "SQLite does not take the statement",
            reason: error.description)
    }

    /// A lookup that visits few rows runs on the calling thread. One whose plan scans, or that takes more steps than a few milliseconds
    /// hold, runs on the scan threads, where cancelling the task stops it at once.
    public func rows(_ lookup: any PreparedLookup, key: [Value], limits: LookupLimits) async throws -> Frame {
        let lookup = try checked(lookup)
        guard let key = try lookup.bind(key, clock: limits.clock) else { return Frame(schema: lookup.schema) }
        // What reads the clock has another answer at every moment.
        if lookup.statement.clockParameter != nil { return try await read(lookup, key, LookupDeadline(limits)) }
        let version = lookup.version
        if let version, let kept = lookup.hotRows.frame(for: key, version: version), kept.rowCount <= limits.rows { return kept }
        let start = Watch.now
        let frame = try await read(lookup, key, LookupDeadline(limits))
        lookup.hotRows.count(nanoseconds: Watch.now &- start)
        // Nothing changed meanwhile, so these are the rows of that version, whichever copy they came from.
        if let version, lookup.version == version { lookup.hotRows.keep(frame, for: key, version: version) }
        return frame
    }

    /// Rows that are to be kept come as a frame; all others are written from where SQLite holds them.
    public func rows(_ lookup: any PreparedLookup, key values: [Value], limits: LookupLimits, as encoder: JSONRowEncoder, to out: inout [UInt8]) async throws {
        let lookup = try checked(lookup)
        guard lookup.isQuick, !lookup.hotRows.isHot else {
            return encoder.append(try await rows(lookup, key: values, limits: limits), to: &out)
        }
        guard let key = try lookup.bind(values, clock: limits.clock) else { return }
        let start = Watch.now, deadline = LookupDeadline(limits)
        let isWhole = try writing(encoder, to: &out) { rows in
            try copies.readQuickly { try lookup.runQuickly(on: $0, key: key, deadline: deadline, into: &rows) }
        }
        if !isWhole { encoder.append(try await scan(deadline) { try lookup.run(on: $0, key: key, deadline: deadline) }, to: &out) }
        lookup.hotRows.count(nanoseconds: Watch.now &- start)
    }

    /// Moves `out` into a writer and back; nothing is copied. What a lookup wrote that gave up is taken back.
    private func writing(_ encoder: JSONRowEncoder, to out: inout [UInt8], _ body: (inout RowWriter) throws -> Bool) rethrows -> Bool {
        var rows = RowWriter(encoder, behind: out)
        out = []
        let isWhole = try body(&rows)
        if !isWhole { rows.takeBack() }
        out = rows.out
        return isWhole
    }

    private func checked(_ lookup: any PreparedLookup) throws -> SQLiteLookup {
        let lookup = try own(lookup)
        guard lookup.statement.requestParameters.isEmpty else {
            throw RealtimeError(.badRequestValue, "the statement reads values of the call, and none are given")
        }
        return lookup
    }

    private func own(_ lookup: any PreparedLookup) throws -> SQLiteLookup {
        guard let lookup = lookup as? SQLiteLookup else { throw RealtimeError(.unexpected, "the lookup was prepared by another store") }
        try lookup.checkMirrors()
        return lookup
    }

    /// All on one copy under its lock, so from one state of the tables. Answers that are kept of that state are used.
    public func rows(_ lookup: any PreparedLookup, keys: KeyBatch, limits: LookupLimits) async throws -> KeyedRows {
        let lookup = try own(lookup)
        let bound = try lookup.bind(keys, clock: limits.clock)
        let start = Watch.now, deadline = LookupDeadline(limits)
        let answer: KeyedRows
        if lookup.isQuick(forKeys: bound.count), let quick = try copies.readQuickly({ try lookup.runQuickly(on: $0, keys: bound, deadline: deadline) }) { answer = quick } else {
            answer = try await scan(deadline) { try lookup.run(on: $0, keys: bound, deadline: deadline) }
        }
        count(lookup, keys: bound.count - answer.kept, since: start)
        return answer
    }

    /// Written from where SQLite holds them, unless some are to be kept.
    public func rows(
        _ lookup: any PreparedLookup, keys: KeyBatch, limits: LookupLimits, as encoder: JSONRowEncoder, to out: inout [UInt8],
        open: (_ key: Int, _ isFound: Bool, _ out: inout [UInt8]) -> Void
    ) async throws {
        let lookup = try own(lookup)
        guard lookup.isQuick(forKeys: keys.count), !(lookup.dependsOnKeyAlone && lookup.hotRows.isHot) else {
            return try await rows(lookup, keys: keys, limits: limits).append(as: encoder, to: &out, open: open)
        }
        let bound = try lookup.bind(keys, clock: limits.clock)
        let start = Watch.now, deadline = LookupDeadline(limits)
        let isWhole = try writing(encoder, to: &out) { rows in
            try copies.readQuickly { try lookup.runQuickly(on: $0, keys: bound, deadline: deadline, into: &rows, open: open) }
        }
        if !isWhole {
            try await scan(deadline) { try lookup.run(on: $0, keys: bound, deadline: deadline) }.append(as: encoder, to: &out, open: open)
        }
        count(lookup, keys: bound.count, since: start)
    }

    private func count(_ lookup: SQLiteLookup, keys: Int, since start: UInt64) {
        if keys > 0, lookup.dependsOnKeyAlone { lookup.hotRows.count(keys, nanoseconds: (Watch.now &- start) / UInt64(keys)) }
    }

    public func check(requests: [Value], of columns: [RequestColumn]) throws {
        let encoders = try columns.map { column in
            guard let encoding = Encoding.ofColumn(column.type) else {
                throw RealtimeError(.badRequestValue, "a request cannot hold values of type \(column.type)")
            }
            return try KeyEncoder(RealtimeStatement.Parameter(column: column.name, type: column.type, encoding: encoding))
        }
        _ = try SQLiteLookup.encode(requests: requests, encoders)
    }

    public func marks(of lookup: any PreparedLookup) -> [TableMark] { lookup.statement.tables.compactMap { mirrors[$0]?.mark } }

    private func read(_ lookup: SQLiteLookup, _ key: [BoundKey], _ deadline: LookupDeadline) async throws -> Frame {
        if lookup.isQuick {
            var rows = RowBuffer(lookup.schema)
            if try copies.readQuickly({ try lookup.runQuickly(on: $0, key: key, deadline: deadline, into: &rows) }) { return rows.frame }
        }
        return try await scan(deadline) { try lookup.run(on: $0, key: key, deadline: deadline) }
    }

    private func scan<Answer: Sendable>(_ deadline: LookupDeadline, _ body: @escaping @Sendable (CopySession) throws -> Answer) async throws -> Answer {
        let running = RunningLookup()
        do {
            return try await withTaskCancellationHandler {
                try await scanners.run { [copies] in
                    try copies.readSlowly { session in
                        // The time spent waiting for a thread and a copy counts.
                        if deadline.hasPassed { throw deadline.timeLimit }
                        return try running.run(on: session) { try body(session) }
                    }
                }
            } onCancel: {
                running.cancel()
            }
        } catch {
            throw RealtimeError.from(error)
        }
    }
}
