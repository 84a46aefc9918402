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

    /// The certificate of a statement that is about to be saved; a difference that it finds stands in the way. Nil if it cannot be served
    /// anyway, or if none can be made now: the background will.
    func certify(_ preparation: inout ServingPreparation, for key: Serving.Key, text: StatementText) async throws -> CertificateRecord? {
        guard preparation.failure == nil else { return nil }
        let served = preparation.served
        do {
            let prepared = try await certify.prepare(served, keys: preparation.keys, text: text)
            var record = try await stored(key)
            if record?.fits(prepared.basis) != true { record = try await Patience.within(patience) { [certify] in try await certify.run(prepared) } }
            guard let record else { return nil }
            note(record, served, key)
            if let obstacle = record.obstacle {
                refuse(served, obstacle, for: key)
                preparation.served = serving.known(key) ?? served
                preparation.failure = ServedStatement.notServable([obstacle])
            }
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
        log(obstacle, key)
        serving.keep(served.with(served.analysed.adding(obstacle)), for: key)
    }

    private func log(_ obstacle: Obstacle, _ key: Serving.Key) {
        logger.error("PostgreSQL and the realtime store part; the query is not served", metadata: ["query_id": "\(key.query)", "difference": "\(obstacle.hint)"])
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

    private func renew(_ key: Serving.Key, _ served: ServedStatement) async throws {
        guard let candidate = try await candidate(key, served) else { return note(nil, served, key) }
        if let record = candidate.record, record.fits(candidate.prepared.basis) { return note(record, served, key) }
        try await take(try await certify.run(candidate.prepared), for: key, candidate)
    }

    /// A statement as it is served if its certificate finds nothing, and what that is made from.
    private struct Candidate {
        /// As it is served now.
        let served: ServedStatement
        /// The same, or without the difference that an earlier certificate found: it is tried again.
        let statement: ServedStatement
        let binding: Binding?
        /// The newest certificate there is.
        let record: CertificateRecord?
        let prepared: CertifyStatement.Prepared
    }

    /// Nil if something else than an earlier difference stands against serving the statement.
    ///
    /// - Parameter columns: a key that it is about to be looked up by.
    private func candidate(_ key: Serving.Key, _ served: ServedStatement, alsoBy columns: [String]? = nil) async throws -> Candidate? {
        let clean = served.analysed.removing(CertificateRecord.construct)
        guard clean.obstacles.isEmpty else { return nil }
        let statement = served.analysed.obstacles.isEmpty ? served : served.with(clean)
        let binding = try await serving.library.catalog.binding(query: key.query, etl: key.etl, project: key.project)
        let record = known.withLock({ $0[key]?.record }) ?? binding?.certificate
        // Keys that nobody has asked by since the start stay in the certificate; one that an alteration took away does not.
        // In the order that they were saved with: the same columns in another order are the same key.
        var seen: Set<[String]> = []
        let keys = ((binding?.keys ?? []) + (record?.keys ?? []) + served.preparedKeys + [columns].compactMap(\.self))
            .filter { $0.allSatisfy { served.keyColumns.index(of: $0) != nil } && seen.insert($0.sorted()).inserted }
        let prepared = try await certify.prepare(statement, keys: keys, text: try await certify.text(of: key))
        return Candidate(served: served, statement: statement, binding: binding, record: record, prepared: prepared)
    }

    /// Makes what the certificate says so: in memory and in the catalog. A statement that was analysed anew meanwhile, because a table
    /// changed, is another: its certificate is made at the next look.
    private func take(_ record: CertificateRecord, for key: Serving.Key, _ candidate: Candidate) async throws {
        try await serving.openBindings.saving(key) { try await save(record, for: key, candidate) }
    }

    private func save(_ record: CertificateRecord, for key: Serving.Key, _ candidate: Candidate) async throws {
        guard serving.known(key) === candidate.served else { return }
        let statement = candidate.statement
        var current = statement
        if let obstacle = record.obstacle {
            refuse(statement, obstacle, for: key)
            current = serving.known(key) ?? statement
        } else if candidate.served !== statement {
            current = try await serving.remember(statement.analysed, queryColumns: statement.keyColumns, for: key, options: statement.options)
            for columns in candidate.binding?.keys ?? [] { _ = try await current.lookup(by: columns, patience: nil) }
        }
        note(record, current, key)
        // As it is now: others may have saved it with more keys while this one was certified.
        guard let binding = try await serving.library.catalog.binding(query: key.query, etl: key.etl, project: key.project) else { return }
        let wasServable = binding.isServable || binding.certificate?.verdict == .different
        var saved = current.binding(for: key, keys: binding.keys, isServable: wasServable, report: binding.report)
        saved.certificate = record
        try await serving.library.catalog.save(saved)
    }

    // MARK: At the first call by a key

    /// Certifies lookups by a key that was not declared at save, before the first answer is given. Throws `notServable` if the engines part.
    ///
    /// Where the prover or the catalog is away, or the warehouse was never reached, there is no certificate to be had: such a key is served,
    /// as realtime goes on without them, and the background certifies it.
    func admit(_ columns: [String], to served: ServedStatement) async throws {
        guard let key = served.id else { return }
        let obstacle: Obstacle?
        do {
            guard let candidate = try await candidate(key, served, alsoBy: columns) else { return }
            if let record = candidate.record, record.fits(candidate.prepared.basis) { obstacle = record.obstacle } else {
                let record = try await certify.run(candidate.prepared)
                try await take(record, for: key, candidate)
                obstacle = record.obstacle
            }
        } catch let failure as any Failure where failure.fault != .internal {
            logger.warning("a key is served without a certificate", metadata: ["query_id": "\(key.query)", "reason": "\(failure.reason)"])
            return
        }
        if let obstacle { throw ServedStatement.notServable([obstacle]) }
    }

    // MARK: What another process found

    func forget(_ key: Serving.Key) { known.withLock { $0[key] = nil } }

    /// Takes over a certificate that another process has saved, if it is of the statements that this one runs, over such tables and such a
    /// server: one that finds a difference ends serving; one that finds none ends a refusal, if it is the newer of the two. What another
    /// program's rewriter wrote says nothing about this one's.
    func follow(_ binding: Binding, _ served: ServedStatement) async throws {
        let key = binding.key
        let mine = known.withLock { $0[key]?.record }
        guard let record = binding.certificate, record != mine else { return }
        let clean = served.analysed.removing(CertificateRecord.construct)
        guard clean.obstacles.isEmpty else { return }
        let isRefused = !served.analysed.obstacles.isEmpty
        let prepared = try await certify.prepare(isRefused ? served.with(clean) : served, keys: record.keys, text: try await certify.text(of: key))
        guard record.fits(prepared.basis) else { return }
        var statement = served
        if let obstacle = record.obstacle {
            let refused = clean.adding(obstacle)
            if refused.obstacles != served.analysed.obstacles {
                statement = served.with(refused)
                guard serving.replace(served, with: statement, for: key) else { return }
                log(obstacle, key)
            }
        } else if isRefused {
            if let mine, mine.at > record.at { return }
            statement = try await serving.made(clean, queryColumns: served.keyColumns, for: key, options: served.options)
            for columns in binding.keys { _ = try? await statement.lookup(by: columns, patience: nil) }
            guard serving.replace(served, with: statement, for: key) else { return }
        }
        note(record, statement, key)
    }

    // MARK: On request

    /// Certifies a saved statement anew over other rows and keeps what comes of it.
    func verify(_ key: Serving.Key, seed: Int?) async throws -> (record: CertificateRecord?, obstacles: [Obstacle]) {
        let served = try await serving.statement(key)
        if let failure = served.failure { throw failure }
        guard let candidate = try await candidate(key, served) else {
            return (nil, served.analysed.removing(CertificateRecord.construct).obstacles)
        }
        let record = try await certify.run(candidate.prepared, seed: seed ?? Int.random(in: 0..<1 << 31))
        try await take(record, for: key, candidate)
        return (record, record.obstacle.map { [$0] } ?? [])
    }
}

extension CertificateRecord {
    /// Whether it says something about a statement of this basis.
    func fits(_ basis: Basis) -> Bool { self.basis == basis && verdict != .notComparable }
}
