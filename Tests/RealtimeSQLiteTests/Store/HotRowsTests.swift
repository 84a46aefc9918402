import Certificate
import FeatureModel
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("Answers kept for the next call of the same key") struct HotRowsTests {
    private let users = Fixture.users

    private func store(calls: Int = 60, microseconds: Int = 200, bytes: Int = 64 << 20) throws -> SQLiteRealtimeStore {
        try SQLiteRealtimeStore(StoreConfiguration(copies: 2, hotCalls: calls, hotMicroseconds: microseconds, hotBytes: bytes))
    }

    private func lookup(_ store: SQLiteRealtimeStore, isCached: Bool) async throws -> any PreparedLookup {
        try await store.prepare(Fixture.lookup(users, by: "user_id"), isCached: isCached)
    }

    @Test("are given again until a table that the lookup reads changes")
    func hitsAndChanges() async throws {
        let store = try store()
        try await store.load(users, rows: [["a", "Anna", 1], ["b", "Bert", 2]])
        let lookup = try await lookup(store, isCached: true)
        for _ in 1...3 { #expect(try await store.rows(lookup, "a") == [["a", "Anna", 1]]) }
        #expect(lookup.hot.hits == 2 && lookup.hot.misses == 1 && lookup.hot.answers == 1 && lookup.hot.bytes > 0 && lookup.hot.isHot)
        try await store.upsert(users, [["a", "Ada", 1]])
        #expect(try await store.rows(lookup, "a") == [["a", "Ada", 1]])
        #expect(lookup.hot.misses == 2 && lookup.hot.answers == 1)
        #expect(try await store.rows(lookup, "nobody") == [])
        #expect(try await store.rows(lookup, "nobody") == [])
        #expect(lookup.hot.hits == 3, "an absent entity is an answer, too")
        try await store.apply(ChangeBatch([(users.name, .truncate)]))
        #expect(try await store.rows(lookup, "a") == [])
        try await store.load(users, rows: [["a", "Anna", 3]])
        #expect(try await store.rows(lookup, "a") == [["a", "Anna", 3]])
    }

    @Test("are kept for a lookup that is made often and costs much, and for no other")
    func heat() async throws {
        let cheap = try store(calls: 3, microseconds: 1_000_000)
        try await cheap.load(users, rows: [["a", "Anna", 1]])
        let cheapLookup = try await lookup(cheap, isCached: false)
        for _ in 1...20 { #expect(try await cheap.rows(cheapLookup, "a").count == 1) }
        #expect(cheapLookup.hot.answers == 0 && !cheapLookup.hot.isHot)

        let costly = try store(calls: 3, microseconds: 0)
        try await costly.load(users, rows: [["a", "Anna", 1]])
        let costlyLookup = try await lookup(costly, isCached: false)
        for _ in 1...20 { #expect(try await costly.rows(costlyLookup, "a").count == 1) }
        #expect(costlyLookup.hot.hits == 17, "the third call makes it hot and keeps the answer: \(costlyLookup.hot)")
    }

    @Test("do not depend on single lookups that were interrupted, or found nothing to do")
    func outliers() {
        let heat = Heat(.init(calls: 10, nanoseconds: 20_000))
        for number in 1...200 { heat.count(nanoseconds: number % 20 == 0 ? 10_000_000 : 4_000) }
        #expect(!heat.isHot)
        for number in 1...200 { heat.count(nanoseconds: number % 20 == 0 ? 100 : 40_000) }
        #expect(heat.isHot)
    }

    @Test("never take more memory than they may")
    func bounded() async throws {
        let limit = 100_000
        let store = try store(bytes: limit)
        try await store.load(users, rows: (0..<2_000).map { [.text("u\($0)"), "Anna", 1] })
        let lookups = [try await lookup(store, isCached: true), try await lookup(store, isCached: true)]
        for number in 0..<2_000 {
            for lookup in lookups { #expect(try await store.rows(lookup, .text("u\(number)")).count == 1) }
            #expect(store.statistics().hotBytes <= limit)
        }
        #expect(store.statistics().hotBytes == lookups.reduce(0) { $0 + $1.hot.bytes })
        #expect(lookups[0].hot.answers > 10)
        #expect(try await store.rows(lookups[1], "u1999").count == 1)
    }

    @Test("equal the ones that are not kept, whatever changes come between", arguments: [1, 2, 3])
    func differential(seed: Int) async throws {
        var random = Randomness(seed, stream: 1)
        let store = try store(calls: .max)
        try await store.load(users, rows: [])
        let kept = try await lookup(store, isCached: true), plain = try await lookup(store, isCached: false)
        for step in 0..<1_500 {
            let key = "u\(random.int(0...7))"
            switch random.int(0...9) {
            case 0: try await store.upsert(users, [[.text(key), .text("n\(step)"), .int(Int64(step))]])
            case 1: try await store.apply(ChangeBatch([(users.name, .delete(Fixture.keys(users, [[.text(key)]])))]))
            case 2 where step % 50 == 0: try await store.apply(ChangeBatch([(users.name, .truncate)]))
            case 3 where step % 50 == 0: try await store.load(users, rows: [[.text(key), "loaded", .int(Int64(step))]])
            default: #expect(try await store.rows(kept, .text(key)) == (try await store.rows(plain, .text(key))), "step \(step)")
            }
        }
        #expect(kept.hot.hits > 100)
    }

    @Test("are never older than a change that was acknowledged, while others read and keep them")
    func acknowledged() async throws {
        let store = try store()
        try await store.load(users, rows: [["a", "n", 0]])
        let lookup = try await lookup(store, isCached: true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    while !Task.isCancelled {
                        _ = try? await store.rows(lookup, "a")
                        await Task.yield()
                    }
                }
            }
            defer { group.cancelAll() }
            for number in 1...500 as ClosedRange<Int64> {
                try await store.upsert(users, [["a", "n", .int(number)]])
                #expect(try await store.rows(lookup, "a") == [["a", "n", .int(number)]])
            }
        }
        #expect(lookup.hot.hits > 0)
    }
}
