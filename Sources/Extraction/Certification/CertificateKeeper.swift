import Catalog
import Certificate
import FeatureModel
import Foundation
import Logging
import Realtime
import SQLDialect
import Synchronization
import Warehouse

/// Sees to it that what is served has a certificate that fits: makes it at save, and anew in the background once the statement, a table's
/// definition, the server or the service's own rewriter is another. Meanwhile the statement is served; a difference ends that.
final class CertificateKeeper: Sendable {
    private let serving: Serving
    private let certify: CertifyStatement
    private let interval: Duration
    private let logger: Logger
    /// What was certified, and by what it was recognised then.
    private let known = Mutex<[Serving.Key: Known]>([:])

    private struct Known {
        var statement: ServedStatement
        var keys: [[String]]
        var environment: WarehouseEnvironment?
        var record: CertificateRecord?
    }

    /// How long a save waits for its certificate; after that it is made in the background.
    private let patience: Duration

    init(serving: Serving, certify: CertifyStatement, interval: Duration, patience: Duration, logger: Logger) {
        self.patience = patience
        self.serving = serving
        self.certify = certify
        self.interval = interval
        self.logger = logger
    }

    // MARK: At save

    /// The certificate of a statement that is about to be saved, and why it cannot be served if the engines part. Nil if none can be made
    /// now: the background will.
    func certificate(of served: ServedStatement, for key: Serving.Key, keys: [[String]], text: StatementText) async throws -> CertificateRecord? {
        do {
            let prepared = try await certify.prepare(served, keys: keys, text: text)
            if let record = try await stored(key), record.basis == prepared.basis, record.verdict != .notComparable {
                note(record, served, key)
                if let obstacle = record.obstacle { refuse(served, obstacle, for: key) }
                return record
            }
            let record = try await Patience.within(patience) { [certify] in try await certify.run(prepared) }
            guard let record else { return nil }
            note(record, served, key)
            if let obstacle = record.obstacle { refuse(served, obstacle, for: key) }
            return record
        } catch let failure as any Failure where failure.fault != .internal {
            logger.warning("a query is saved without a certificate", metadata: ["query_id": "\(key.query)", "reason": "\(failure.reason)"])
            return nil
        }
    }

    private func stored(_ key: Serving.Key) async throws -> CertificateRecord? {
        if let record = known.withLock({ $0[key]?.record }) { return record }
        return try await serving.library.catalog.binding(query: key.query, etl: key.etl, project: key.project)?.certificate
    }

    private func note(_ record: CertificateRecord?, _ served: ServedStatement, _ key: Serving.Key) {
        let entry = Known(statement: served, keys: served.preparedKeys, record: record)
        known.withLock { known in
            if known.count >= Serving.maximumStatements, known[key] == nil, let other = known.keys.first { known[other] = nil }
            known[key] = entry
        }
    }

    private func refuse(_ served: ServedStatement, _ obstacle: Obstacle, for key: Serving.Key) {
        logger.error("PostgreSQL and the realtime store part; the query is not served", metadata: ["query_id": "\(key.query)", "difference": "\(obstacle.hint)"])
        serving.keep(served.with(served.analysed.adding(obstacle)), for: key)
    }

    // MARK: In the background

    /// Looks until it is cancelled.
    func run() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: interval) } catch { return }
            await look()
        }
    }

    /// Certifies what has no certificate that fits, one statement after the other.
    func look() async {
        guard let environment = try? await serving.analyse.warehouse.environment() else { return }
        for (key, served) in serving.entries() where served.failure == nil {
            if Task.isCancelled { return }
            let entry = known.withLock { $0[key] }
            if let entry, entry.statement === served, entry.keys == served.preparedKeys, entry.environment == environment { continue }
            do {
                try await renew(key, served)
                known.withLock { $0[key]?.environment = environment }
            } catch is CancellationError { return } catch {
                logger.debug("not certified yet", metadata: ["query_id": "\(key.query)", "reason": "\(error)"])
            }
        }
    }

    /// A statement that was refused for a difference is tried again too, once its basis is another.
    private func renew(_ key: Serving.Key, _ served: ServedStatement) async throws {
        let wasRefused = served.analysed.obstacles.contains { $0.construct == CertificateRecord.construct }
        let candidate = wasRefused ? served.with(served.analysed.removing(CertificateRecord.construct)) : served
        guard candidate.analysed.obstacles.isEmpty else { return note(nil, served, key) }
        let binding = try await serving.library.catalog.binding(query: key.query, etl: key.etl, project: key.project)
        let keys = Set(candidate.preparedKeys + (binding?.keys ?? [])).sorted { $0.lexicographicallyPrecedes($1) }
        let prepared = try await certify.prepare(candidate, keys: keys, text: try await certify.text(of: key))
        if let record = known.withLock({ $0[key]?.record }) ?? binding?.certificate, record.basis == prepared.basis, record.verdict != .notComparable {
            return note(record, served, key)
        }
        let record = try await certify.run(prepared)
        try await take(record, for: key, candidate, inPlaceOf: served, binding)
    }

    /// Makes what the certificate says so: in memory and in the catalog. A statement that was analysed anew meanwhile, because a table
    /// changed, is another: its certificate is made at the next look.
    private func take(
        _ record: CertificateRecord, for key: Serving.Key, _ candidate: ServedStatement, inPlaceOf served: ServedStatement, _ binding: Binding?
    ) async throws {
        guard serving.known(key) === served else { return }
        var current = candidate
        if let obstacle = record.obstacle {
            refuse(candidate, obstacle, for: key)
            current = serving.known(key) ?? candidate
        } else if served !== candidate {
            current = try await serving.remember(candidate.analysed, queryColumns: candidate.keyColumns, for: key, options: candidate.options)
            for columns in binding?.keys ?? [] { _ = try await current.lookup(by: columns, patience: nil) }
        }
        note(record, current, key)
        guard let binding else { return }
        let wasServable = binding.isServable || binding.certificate?.verdict == .different
        var saved = current.binding(for: key, keys: binding.keys, isServable: wasServable, report: binding.report)
        saved.certificate = record
        try await serving.library.catalog.save(saved)
    }

    // MARK: On request

    /// Certifies a saved statement anew over other rows and keeps what comes of it.
    func verify(_ key: Serving.Key, seed: Int?) async throws -> (record: CertificateRecord?, obstacles: [Obstacle]) {
        let served = try await serving.statement(key)
        if let failure = served.failure { throw failure }
        let clean = served.analysed.removing(CertificateRecord.construct)
        guard clean.obstacles.isEmpty else { return (nil, clean.obstacles) }
        let candidate = served.with(clean)
        let binding = try await serving.library.catalog.binding(query: key.query, etl: key.etl, project: key.project)
        let keys = Set(served.preparedKeys + (binding?.keys ?? [])).sorted { $0.lexicographicallyPrecedes($1) }
        let prepared = try await certify.prepare(candidate, keys: keys, text: try await certify.text(of: key))
        let record = try await certify.run(prepared, seed: seed ?? Int.random(in: 0..<1 << 31))
        try await take(record, for: key, clean.obstacles == served.analysed.obstacles ? served : candidate, inPlaceOf: served, binding)
        return (record, record.obstacle.map { [$0] } ?? [])
    }
}

extension AnalysedStatement {
    func removing(_ construct: String) -> AnalysedStatement {
        var copy = self
        copy.obstacles.removeAll { $0.construct == construct }
        return copy
    }
}

/// Waits for work that goes on when the waiting ends.
enum Patience {
    /// Nil if it takes longer.
    static func within<Answer: Sendable>(_ duration: Duration, _ work: @escaping @Sendable () async throws -> Answer) async throws -> Answer? {
        let (stream, continuation) = AsyncThrowingStream<Answer?, any Error>.makeStream(bufferingPolicy: .bufferingOldest(1))
        Task {
            do { continuation.yield(try await work()) } catch { return continuation.finish(throwing: error) }
            continuation.finish()
        }
        let clock = Task {
            try await Task.sleep(for: duration)
            continuation.yield(nil)
            continuation.finish()
        }
        defer { clock.cancel() }
        for try await answer in stream { return answer }
        throw CancellationError()
    }
}
