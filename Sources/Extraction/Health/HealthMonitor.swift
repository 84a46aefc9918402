import Catalog
import FeatureModel
public import Foundation
import Logging
import Realtime
import Warehouse

/// Asks the dependencies now and then how they are, and remembers since when.
public actor HealthMonitor {
    public struct Dependency: Sendable {
        public let name: String
        public fileprivate(set) var isUp: Bool
        /// When it came up or went away.
        public fileprivate(set) var since: Date
        /// Why it is away; safe to show.
        public fileprivate(set) var reason: String?
    }

    private let probes: [(name: String, ask: @Sendable () async throws -> Void)]
    private let mirrors: TableMirrors
    private let logger: Logger
    private var dependencies: [Dependency]
    private var isRestored = false

    init(probes: [(name: String, ask: @Sendable () async throws -> Void)], mirrors: TableMirrors, logger: Logger) {
        self.probes = probes
        self.mirrors = mirrors
        self.logger = logger
        let now = Date()
        dependencies = probes.map { Dependency(name: $0.name, isUp: false, since: now, reason: "not asked yet") }
    }

    /// Asks every second until it is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await askAll()
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    public func askAll() async {
        let answers = await withTaskGroup(of: (Int, String?).self) { group in
            for (index, probe) in probes.enumerated() {
                group.addTask {
                    do { try await probe.ask(); return (index, nil) } catch { return (index, (error as? any Failure)?.reason ?? "no answer") }
                }
            }
            var answers: [(Int, String?)] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
        for (index, reason) in answers {
            let wasUp = dependencies[index].isUp
            dependencies[index].reason = reason
            guard wasUp != (reason == nil) else { continue }
            dependencies[index].isUp = reason == nil
            dependencies[index].since = Date()
            logger.notice(
                reason == nil ? "a dependency is up" : "a dependency is away",
                metadata: ["dependency": "\(dependencies[index].name)", "reason": "\(reason ?? "")"])
        }
    }

    /// Says that the catalog was read and the tables of the saved queries asked for.
    func restored() { isRestored = true }

    /// Ready means: every dependency up, and the tables of all saved queries loaded.
    public func report() async -> (isReady: Bool, dependencies: [Dependency], tables: [(name: String, state: String)]) {
        let unready = await mirrors.unready
        let tables = unready.map { name, state in
            switch state {
            case .absent: (name.description, "waiting")
            case .loading(let rows, let total): (name.description, total >= 0 ? "loading: \(rows) of about \(total) rows" : "loading: \(rows) rows")
            case .failed(let reason): (name.description, "failed: \(reason)")
            case .ready: (name.description, "ready")
            }
        }
        return (isRestored && dependencies.allSatisfy(\.isUp) && tables.isEmpty, dependencies, tables)
    }
}
