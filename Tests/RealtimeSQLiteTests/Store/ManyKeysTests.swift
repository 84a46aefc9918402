import Certificate
import EmbeddedSQL
import FeatureModel
import Formats
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("A lookup of several keys") struct ManyKeysTests {
    private let users = Fixture.users

    private func store(_ rows: [[Value]], hotBytes: Int = 64 << 20) async throws -> SQLiteRealtimeStore {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2, hotBytes: hotBytes))
        try await store.load(users, rows: rows)
        return store
    }

    private static func batch(_ keys: [Value]) -> KeyBatch { KeyBatch(width: 1, values: keys) }

    @Test("answers in the order asked, a repeated key again, an absent one with no rows")
    func order() async throws {
        let store = try await store([["a", "Anna", 1], ["b", "Bert", 2], ["c", "Bert", 3]])
        let byID = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        let found = try await store.found(byID, Self.batch(["c", "nobody", "a", "c", "a"]), limits: LookupLimits())
        #expect(found.all == [[["c", "Bert", 3]], [], [["a", "Anna", 1]], [["c", "Bert", 3]], [["a", "Anna", 1]]])
        #expect(found.kept == 0)
        let byName = try await store.prepare(Fixture.lookup(users, by: "name"))
        let several = try await store.found(byName, Self.batch(["Bert", "Anna"]), limits: LookupLimits())
        #expect(several.all.map(\.count) == [2, 1])
        #expect(try await store.found(byID, Self.batch([]), limits: LookupLimits()).places.isEmpty)
    }

    @Test("says the place of a value that is none of the column's type, before anything is looked up; a value that no row can have has no rows")
    func badValue() async throws {
        let store = try await store([["a", "Anna", 1]])
        let byYear = try await store.prepare(Fixture.lookup(users, by: "born"))
        let error = await #expect(throws: RealtimeError.self) {
            try await store.found(byYear, Self.batch([1, "2", "many", 3]), limits: LookupLimits())
        }
        #expect(error?.kind == .badKeyValue && error?.details?["index"] == 2 && error?.details?["column"] == "born")
        let quotes = Fixture.quotes
        try await store.load(quotes, rows: [[1, "a", "10.50"]])
        let byPrice = try await store.prepare(Fixture.lookup(quotes, by: "price"))
        let found = try await store.found(byPrice, Self.batch(["10.505", "10.5"]), limits: LookupLimits())
        #expect(found.all == [[], [[1, "a", "10.50"]]])
    }

    @Test("counts its rows and bytes over all keys")
    func limits() async throws {
        let store = try await store((0..<20).map { [.text("u\($0)"), "Anna", .int(Int64($0))] })
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"), isCached: true)
        let keys = Self.batch((0..<20).map { .text("u\($0)") })
        for _ in 0..<2 {
            #expect(try await store.found(lookup, keys, limits: LookupLimits(rows: 20)).all.count == 20)
            for limits in [LookupLimits(rows: 19), LookupLimits(bytes: 200)] {
                let error = await #expect(throws: RealtimeError.self) { try await store.found(lookup, keys, limits: limits) }
                #expect(error?.kind == .rowLimit)
            }
        }
        #expect(lookup.hot.hits > 20, "the limits hold for kept answers, too")
    }

    @Test("has one time limit, and ends at it whether the keys are many or one of them takes long")
    func timeLimit() async throws {
        let store = try await store([["a", "Anna", 1]])
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0 OR ?1 = 'a' LIMIT 1"
        let lookup = try await store.prepare(
            Fixture.statement(endless, key: ("k", PostgresType(.text)), columns: [("i", PostgresType(.int8))], tables: [users.name]))
        #expect(try await store.found(lookup, Self.batch(["a", "a"]), limits: LookupLimits()).all == [[[1]], [[1]]])
        let error = await #expect(throws: RealtimeError.self) {
            try await store.found(lookup, Self.batch(["a", "b"]), limits: LookupLimits(seconds: 0.05))
        }
        #expect(error?.kind == .timeLimit)
    }

    @Test("leaves no transaction behind, whatever stops it and wherever")
    func stopped() throws {
        struct Stopped: Error {}
        let session = try CopySession(StoreConfiguration(copies: 1), canRollBack: true)
        session.watch.begin(deadline: 0, steps: 0)
        // SQLite asks the watch after so many steps of a statement, counted over all of its runs: here that is in the midst of ending, too.
        for _ in 0..<5_000 {
            #expect(throws: (any Error).self) { try session.inReadTransaction { throw Stopped() } }
            if session.connection.isInTransaction {
                Issue.record("a transaction was left open")
                break
            }
        }
    }

    @Test("of more steps than a quick one may take is finished on the scan threads")
    func manySteps() async throws {
        let store = try await store((0..<5_000).map { [.text("u\($0)"), "Anna", .int(Int64($0))] })
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        let keys = Self.batch((0..<40_000).map { .text("u\($0 % 5_000)") })
        for _ in 0..<2 {
            let found = try await store.found(lookup, keys, limits: LookupLimits(seconds: 60, rows: 100_000))
            #expect(found.places.count == 40_000)
            #expect(found.frame(of: 12_345).values == [["u2345", "Anna", 2345]])
        }
    }

    @Test("fails for all keys where it fails for one, and names it")
    func failure() async throws {
        let store = try await store([["a", "Anna", 1], ["b", "Bert", 0]])
        let sql = "SELECT pg_int_div(10, born, 32) FROM \"s.users\" WHERE user_id = ?1"
        let lookup = try await store.prepare(
            Fixture.statement(sql, key: ("user_id", PostgresType(.text)), columns: [("d", PostgresType(.int4))], tables: [users.name]))
        #expect(try await store.found(lookup, Self.batch(["a", "x"]), limits: LookupLimits()).all == [[[10]], []])
        let error = await #expect(throws: RealtimeError.self) { try await store.found(lookup, Self.batch(["a", "a", "b"]), limits: LookupLimits()) }
        #expect(error?.kind == .sqlError && error?.sqlstate == "22012" && error?.details?["index"] == 2, "\(String(describing: error))")
    }

    @Test("uses and keeps the answers of single keys, and single keys use its")
    func kept() async throws {
        let store = try await store([["a", "Anna", 1], ["b", "Bert", 2]])
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"), isCached: true)
        #expect(try await store.rows(lookup, "a") == [["a", "Anna", 1]])
        let found = try await store.rows(lookup, keys: Self.batch(["b", "a", "b"]), limits: LookupLimits())
        #expect(found.all == [[["b", "Bert", 2]], [["a", "Anna", 1]], [["b", "Bert", 2]]])
        #expect(found.kept == 2, "a was kept before, b from its first answer on")
        #expect(try await store.rows(lookup, "b") == [["b", "Bert", 2]])
        #expect(lookup.hot.hits == 3)
        try await store.upsert(users, [["b", "Bea", 2]])
        #expect(try await store.rows(lookup, keys: Self.batch(["a", "b"]), limits: LookupLimits()).all == [[["a", "Anna", 1]], [["b", "Bea", 2]]])
    }

    @Test("never shows a part of a change, with kept answers and without", arguments: [true, false])
    func snapshot(isCached: Bool) async throws {
        let names = ["a", "b", "c", "d"]
        let rows = { (number: Int64) in names.map { [Value.text($0), "n", .int(number)] } }
        let store = try await store(rows(0))
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"), isCached: isCached)
        let keys = Self.batch(names.map { .text($0) })
        let torn = try await withThrowingTaskGroup(of: Int.self) { group in
            for reader in 0..<3 {
                group.addTask {
                    var torn = 0, last: Int64 = 0
                    while last < 300 {
                        let found = try await store.rows(lookup, keys: keys, limits: LookupLimits()).all
                        let numbers = Set(found.compactMap { $0.first?[2] })
                        if numbers.count != 1 || found.contains(where: { $0.count != 1 }) { torn += 1 }
                        // Readers of single keys keep answers of their own while a change is on its way.
                        if reader == 0, case .int(let number)? = try await store.rows(lookup, "a").first?[2] { last = number }
                        if case .int(let number)? = numbers.first { last = max(last, number) }
                        await Task.yield()
                    }
                    return torn
                }
            }
            for number in 1...300 as ClosedRange<Int64> { try await store.upsert(users, rows(number)) }
            return try await group.reduce(0, +)
        }
        #expect(torn == 0)
    }

    @Test("gives what single lookups give, kept or not", arguments: [1, 2])
    func differential(seed: Int) async throws {
        var random = Randomness(seed, stream: 2)
        let store = try await store((0..<50).map { [.text("u\($0)"), .text("n\($0 % 7)"), .int(Int64($0))] })
        let plain = try await store.prepare(Fixture.lookup(users, by: "name"))
        let kept = try await store.prepare(Fixture.lookup(users, by: "name"), isCached: true)
        for step in 0..<100 {
            let keys: [Value] = (0..<random.int(0...12)).map { _ in .text("n\(random.int(0...8))") }
            var expected: [[[Value]]] = []
            for key in keys { expected.append(try await store.rows(plain, key)) }
            for lookup in [plain, kept] {
                let found = try await store.found(lookup, Self.batch(keys), limits: LookupLimits()).all
                #expect(found == expected, "step \(step)")
            }
            if step % 5 == 0 { try await store.upsert(users, [[.text("u\(random.int(0...60))"), .text("n\(random.int(0...8))"), .int(Int64(step))]]) }
        }
        #expect(kept.hot.hits > 50)
    }
}

extension KeyedRows {
    /// The rows of each key as scalars.
    fileprivate var all: [[[Value]]] { places.indices.map { frame(of: $0).values } }
}

extension SQLiteRealtimeStore {
    /// The rows as frames; written as JSON they must be the same, and fail in the same way.
    fileprivate func found(_ lookup: any PreparedLookup, _ keys: KeyBatch, limits: LookupLimits) async throws -> KeyedRows {
        let encoder = JSONRowEncoder(schema: lookup.statement.schema)
        let open = { (key: Int, isFound: Bool, out: inout [UInt8]) in out.append(contentsOf: "; \(key) \(isFound): ".utf8) }
        var written = Array("before".utf8), encoded = written
        var failure: RealtimeError?
        do { try await rows(lookup, keys: keys, limits: limits, as: encoder, to: &written, open: open) } catch let error as RealtimeError { failure = error }
        do {
            let found = try await rows(lookup, keys: keys, limits: limits)
            found.append(as: encoder, to: &encoded, open: open)
            #expect(failure == nil)
            #expect(String(decoding: written, as: UTF8.self) == String(decoding: encoded, as: UTF8.self))
            return found
        } catch let error as RealtimeError {
            #expect(failure?.kind == error.kind && failure?.details == error.details && failure?.message == error.message)
            throw error
        }
    }
}
