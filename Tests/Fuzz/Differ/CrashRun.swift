import Differential
import Foundation
import Synchronization

/// Spoiled inputs for a range of seeds. A crash ends the process, after it has said at which seed.
struct CrashRun {
    let seeds: ClosedRange<Int>
    /// With `*.sql` of it and of its folders among the texts, if it is there.
    let folder: URL

    private static let current = Atomic<Int>(0)

    func run() async throws {
        // Swift's own handler says more than the seed.
        let isTraced = ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] != nil
        for number in isTraced ? [] : [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGSEGV, SIGFPE] {
            signal(number) { number in
                CrashRun.tell()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
        let tables = FuzzQuery.tables(ofQuery: 0)
        let engines = try await TwoEngines(setup: tables.setup)
        var targets = try await engines.crashTargets(seeds: 0..<FuzzQuery.queriesPerTables, tables: tables, more: texts())
        await engines.close()
        for seed in seeds where !Interruption.wasAsked {
            Self.current.store(seed, ordering: .relaxed)
            let began = ContinuousClock.now
            targets.run(seed: seed)
            let time = began.duration(to: .now)
            if time > .seconds(1) { Report.line("SLOW seed \(seed): \(time) \(targets.slowest)") }
            if (seed + 1) % 5_000 == 0 { Report.line("… seed \(seed)") }
        }
        Report.line(
            "seeds \(seeds.lowerBound)-\(Self.current.load(ordering: .relaxed)): no crash; \(targets.parsed) parsed and checked, \(targets.decoded) spoiled trees read, "
                + "\(targets.compiled) statements compiled, \(targets.prepared) of them prepared, \(targets.called) calls of functions")
    }

    private func texts() throws -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return try files.filter { $0.pathExtension == "sql" }.sorted { $0.path < $1.path }.map { try String(contentsOf: $0, encoding: .utf8) }
    }

    /// Nothing but writing is allowed in a handler of signals.
    private static func tell() {
        var number = current.load(ordering: .relaxed)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { text in
            var at = 64
            repeat {
                at -= 1
                text[at] = UInt8(48 + number % 10)
                number /= 10
            } while number > 0
            _ = write(2, "CRASH at seed ", 14)
            _ = write(2, UnsafeRawPointer(text.baseAddress!) + at, 64 - at)
            _ = write(2, "\n", 1)
        }
    }
}
