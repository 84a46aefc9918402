@testable import Extraction
import Synchronization
import Testing

@Suite("What is remembered of the catalog")
struct RememberedTests {
    /// Stands for the catalog: answers what it was given, counts the questions, and holds answers back on request.
    private final class Source: Sendable {
        struct Away: Error {}
        private let state = Mutex((values: [String: Int](), asked: 0, isAway: false))
        private let gate = Gate()

        var asked: Int { state.withLock { $0.asked } }
        func set(_ key: String, _ value: Int?) { state.withLock { $0.values[key] = value } }
        func goAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

        func read(_ key: String) throws -> Int? {
            try state.withLock { state in
                state.asked += 1
                if state.isAway { throw Away() }
                return state.values[key]
            }
        }

        /// Reads now and answers later.
        func readSlowly(_ key: String) async throws -> Int? {
            let value = try read(key)
            await gate.pass()
            return value
        }

        func close() { gate.close() }
        func open() { gate.open() }
        func untilSomebodyWaits() async { while !gate.isAwaited { await Task.yield() } }
    }

    private final class Gate: Sendable {
        private let state = Mutex((isClosed: false, waiting: [CheckedContinuation<Void, Never>]()))
        var isAwaited: Bool { state.withLock { !$0.waiting.isEmpty } }
        func close() { state.withLock { $0.isClosed = true } }

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if state.isClosed { state.waiting.append(continuation) }
                    return !state.isClosed
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let waiting = state.withLock { state in
                defer { state = (false, []) }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    private let source = Source()
    private var remembered: Remembered<String, Int> { Remembered(limit: 10, isNewer: >) { [source] in try await source.readSlowly($0) } }

    @Test("is asked for once, and answered while the catalog is away")
    func once() async throws {
        let remembered = remembered
        source.set("a", 1)
        for _ in 1...3 { #expect(try await remembered.value("a") == 1) }
        source.goAway(true)
        #expect(try await remembered.value("a") == 1)
        #expect(source.asked == 1)
        await #expect(throws: Source.Away.self) { try await remembered.renew("a") }
        #expect(try await remembered.value("a") == 1)
        await #expect(throws: Source.Away.self) { try await remembered.value("b") }
    }

    @Test("is not remembered where there is nothing")
    func nothing() async throws {
        let remembered = remembered
        #expect(try await remembered.value("a") == nil)
        source.set("a", 1)
        #expect(try await remembered.value("a") == 1)
    }

    @Test("is read again when it changed, and only then; what is not in memory is not read")
    func renewed() async throws {
        let remembered = remembered
        source.set("a", 1)
        source.set("b", 1)
        _ = try await remembered.value("a")
        source.set("a", 2)
        #expect(try await remembered.value("a") == 1, "nobody has told")
        try await remembered.renew("a")
        try await remembered.renew("b")
        #expect(source.asked == 2)
        #expect(try await remembered.value("a") == 2)
        source.set("a", nil)
        try await remembered.renew("a")
        #expect(try await remembered.value("a") == nil)
    }

    @Test("is answered as it was while it is read again")
    func meanwhile() async throws {
        let remembered = remembered
        source.set("a", 1)
        _ = try await remembered.value("a")
        source.set("a", 2)
        source.close()
        let renewal = Task { try await remembered.renew("a") }
        await source.untilSomebodyWaits()
        #expect(try await remembered.value("a") == 1)
        source.open()
        try await renewal.value
        #expect(try await remembered.value("a") == 2)
    }

    @Test("is not taken from a look-up that began before it changed")
    func lateLookUp() async throws {
        let remembered = remembered
        source.set("a", 1)
        source.close()
        let early = Task { try await remembered.value("a") }
        await source.untilSomebodyWaits()
        source.set("a", 2)
        try await remembered.renew("a")
        source.open()
        #expect(try await early.value == 1, "true when it was asked")
        #expect(try await remembered.value("a") == 2)
    }

    @Test("is what this process has saved, at once, and not what was read or saved before that")
    func saved() async throws {
        let remembered = remembered
        source.set("a", 1)
        _ = try await remembered.value("a")
        source.close()
        let renewal = Task { try await remembered.renew("a") }
        await source.untilSomebodyWaits()
        #expect(try await remembered.saving("a") { 3 } == 3)
        #expect(try await remembered.saving("a") { 2 } == 2, "an answer that comes late")
        #expect(try await remembered.value("a") == 3)
        source.open()
        try await renewal.value
        #expect(try await remembered.value("a") == 3)
        #expect(try await remembered.saving("new") { 7 } == 7)
        source.goAway(true)
        #expect(try await remembered.value("new") == 7)
    }

    @Test("is what the catalog has, if it changed while this process saved")
    func savedBesideOthers() async throws {
        let remembered = remembered
        source.set("a", 3)
        let own = try await remembered.saving("a") {
            try await remembered.renew("a")
            return 2
        }
        #expect(own == 2)
        source.goAway(true)
        #expect(try await remembered.value("a") == 3)
    }

    @Test("does not depend on what else changed meanwhile")
    func besideOtherChanges() async throws {
        let remembered = remembered
        source.set("a", 1)
        source.close()
        let early = Task { try await remembered.value("a") }
        await source.untilSomebodyWaits()
        try await remembered.renew("b")
        source.open()
        #expect(try await early.value == 1)
        let saved = try await remembered.saving("c") {
            try await remembered.renew("b")
            return 5
        }
        source.goAway(true)
        #expect(try await remembered.value("a") == 1)
        #expect(try await remembered.value("c") == saved)
    }

    @Test("is not held up by a save or a look-up that failed")
    func failures() async throws {
        let remembered = remembered
        source.goAway(true)
        await #expect(throws: Source.Away.self) { try await remembered.value("a") }
        await #expect(throws: Source.Away.self) { try await remembered.saving("a") { throw Source.Away() } }
        source.goAway(false)
        source.set("a", 1)
        #expect(try await remembered.saving("a") { 1 } == 1)
        source.goAway(true)
        #expect(try await remembered.value("a") == 1)
    }

    @Test("is given up where it was unused longest")
    func limit() async throws {
        let remembered = remembered
        for number in 1...10 { source.set("\(number)", number) }
        for number in 1...10 { _ = try await remembered.value("\(number)") }
        _ = try await remembered.value("1")
        source.set("11", 11)
        _ = try await remembered.value("11")
        let keys = Set(remembered.keys)
        #expect(keys.count <= 10 && keys.isSuperset(of: ["1", "11", "10"]) && !keys.contains("2"), "\(keys)")
    }
}
