internal import EmbeddedSQL
import Synchronization

/// One private in-memory database with all mirrors, and the lock that guards it.
///
/// `@unchecked Sendable`: the connection, its statements and everything else in here is touched only
/// while ``lock`` is held, inside ``read(as:_:)``, ``tryRead(as:_:)``, ``write(_:)``, ``repeatWrite(_:)`` and
/// ``replaceDatabase(from:)``.
final class Copy: @unchecked Sendable {
    let number: Int
    private let configuration: StoreConfiguration
    private let lock = CopyLock()
    /// Whether readers may use it; false while it differs from the other copies.
    private let inService = Atomic(true)
    private var session: CopySession
    /// How long who is inside may stay; a hint for who has to wait.
    private let occupation = Atomic(Occupation.short.rawValue)

    enum Occupation: Int {
        /// A lookup of a few rows, or nobody.
        case short
        /// A batch of changes.
        case batch
        /// A lookup that may visit many rows.
        case long
    }

    init(number: Int, configuration: StoreConfiguration) throws {
        self.number = number
        self.configuration = configuration
        session = try CopySession(configuration, canRollBack: number == 0)
    }

    var isInService: Bool { inService.load(ordering: .acquiring) }

    /// As it is at this moment.
    var occupied: Occupation { Occupation(rawValue: occupation.load(ordering: .relaxed)) ?? .short }

    /// Runs `body` when the copy is free. nil if it is out of service.
    func read<Result>(as kind: Occupation = .short, _ body: (CopySession) throws -> Result) rethrows -> Result? {
        try lock.withLock { isInService ? try occupying(kind) { try body(session) } : nil }
    }

    /// Runs `body` if the copy is free at this moment; nil if not, or out of service.
    func tryRead<Result>(as kind: Occupation = .short, _ body: (CopySession) throws -> Result) rethrows -> Result? {
        try lock.withLockIfFree { isInService ? try occupying(kind) { try body(session) } : nil } ?? nil
    }

    /// Runs `body` in one transaction that readers of this copy see all of, or nothing when `body` throws.
    func write<Result>(_ body: (CopySession) throws -> Result) throws -> Result {
        try lock.withLock { try occupying(.batch) { try session.inWriteTransaction(body) } }
    }

    /// The same on a copy that repeats what the first has done. It cannot roll back: when `body` throws, it is out of service, and no reader
    /// enters before ``replaceDatabase(from:)`` has succeeded.
    func repeatWrite(_ body: (CopySession) throws -> Void) {
        lock.withLock {
            do { try occupying(.batch) { try session.inWriteTransaction(body) } } catch { inService.store(false, ordering: .releasing) }
        }
    }

    private func occupying<Result>(_ kind: Occupation, _ body: () throws -> Result) rethrows -> Result {
        occupation.store(kind.rawValue, ordering: .relaxed)
        defer { occupation.store(Occupation.short.rawValue, ordering: .relaxed) }
        return try body()
    }

    /// Starts anew with the database of another copy, and goes into service. Readers of `source` wait only for single portions.
    func replaceDatabase(from source: Copy) throws {
        // Nobody reads this copy: its lock is not needed to build the new session, and taken to put it in place.
        let fresh = try CopySession(configuration, canRollBack: number == 0)
        try fresh.becomeCopy { destination in
            try destination.copyDatabase(from: source.session.connection) { step in try source.lock.withLock { try step() } }
        }
        fresh.access.readableTables = source.lock.withLock { source.session.access.readableTables }
        lock.withLock {
            session = fresh
            inService.store(true, ordering: .releasing)
        }
    }
}
