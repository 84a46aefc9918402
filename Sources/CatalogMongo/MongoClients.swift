import CMongoC
import Catalog
import Foundation
import Synchronization
import Threads

/// Eight threads and as many clients. A job takes a client, uses it and gives it back in one closure, so a thread never waits
/// for a client that another suspended task holds.
///
/// `@unchecked Sendable`: libmongoc's pool is safe from any thread, and is destroyed when nobody can call it any more.
final class MongoClients: @unchecked Sendable {
    static let count = 8
    /// More calls than this may not wait; beyond it the catalog is `unavailable`.
    static let queueLimit = 1_024

    private let pool: OpaquePointer
    private let database: String
    private let secrets: [String]
    private let threads = ThreadPool(name: "catalog-mongo", threads: count, queueLimit: queueLimit)
    private let outage = Outage()
    private let isPrepared = Mutex(false)

    init(_ address: consuming MongoAddress) throws {
        database = address.database
        secrets = address.secrets()
        pool = try address.withPointer { uri in
            guard let pool = mongoc_client_pool_new_with_error(uri, nil) else {
                throw CatalogError(.invalidAddress, "The address of the MongoDB catalog (MONGODB_URI) cannot be used.")
            }
            return pool
        }
        mongoc_client_pool_max_size(pool, UInt32(Self.count))
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
    }

    deinit { mongoc_client_pool_destroy(pool) }

    func close() { threads.shutDown() }

    /// Runs `body` with a client, a second time if the connection broke: `body` must be safe to repeat.
    /// Throws `CatalogError` or `CancellationError` only, besides what `body` throws itself.
    func run<R: Sendable>(preparing: Bool = true, _ body: @escaping @Sendable (MongoSession) throws -> R) async throws -> R {
        let asked = ContinuousClock.now
        do {
            return try await threads.run { [self] in
                if outage.wasSeen(since: asked) { throw Self.away }
                do {
                    return try withClient { session in
                        do {
                            return try attempt(session, preparing: preparing, asked: asked, body)
                        } catch let failure as MongoFailure where failure.isBrokenConnection {
                            return try attempt(session, preparing: preparing, asked: asked, body)
                        }
                    }
                } catch let failure as MongoFailure where failure.isServerAway || failure.isBrokenConnection {
                    outage.wasSeen()
                    throw failure
                }
            }
        } catch let failure as MongoFailure {
            throw translated(failure)
        } catch is ThreadPoolFull {
            throw CatalogError(
                .unavailable, "The catalog (MongoDB) takes no more calls.", reason: "it is closed, or \(Self.queueLimit) calls are already waiting"
            )
        }
    }

    private func attempt<R>(
        _ session: MongoSession, preparing: Bool, asked: ContinuousClock.Instant, _ body: (MongoSession) throws -> R
    ) throws -> R {
        if preparing { try prepare(session, asked: asked) }
        return try body(session)
    }

    /// Makes the indexes before the first call that needs them. One thread does it while the others wait, since they are what
    /// keeps keys unique; if it finds no server, they need not look for one again.
    private func prepare(_ session: MongoSession, asked: ContinuousClock.Instant) throws {
        try isPrepared.withLock { isPrepared in
            if isPrepared { return }
            if outage.wasSeen(since: asked) { throw Self.away }
            do {
                try MongoIndexes.create(session)
                isPrepared = true
            } catch let failure as MongoFailure where failure.isServerAway {
                outage.wasSeen()
                throw failure
            }
        }
    }

    private func withClient<R>(_ body: (MongoSession) throws -> R) throws -> R {
        guard let client = mongoc_client_pool_pop(pool) else { throw Self.away }
        defer { mongoc_client_pool_push(pool, client) }
        return try body(MongoSession(client: client, database: database))
    }

    private static let away = CatalogError(.unavailable, "The catalog (MongoDB) does not answer.", reason: "no server was found in time")

    private func translated(_ failure: MongoFailure) -> CatalogError {
        if failure.isTooLarge { return StoredDocument.tooLarge("document") }
        let said = secrets.reduce(failure.message) { $0.replacingOccurrences(of: $1, with: "…") }
        let message = failure.isServerAway || failure.isBrokenConnection ? Self.away.message : "The catalog (MongoDB) refused a call."
        return CatalogError(.unavailable, message, reason: said.isEmpty ? "error \(failure.code)" : "\(said) (error \(failure.code))")
    }
}
