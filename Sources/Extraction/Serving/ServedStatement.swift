import Catalog
import FeatureModel
import Formats
import Realtime
import SQLDialect
import Synchronization

/// A saved statement as the realtime store answers it, with one prepared lookup for each key it was asked by.
final class ServedStatement: Sendable {
    /// More keys than this of one statement are refused: each costs a plan and an index.
    static let maximumKeys = 32

    /// What it is saved as; nil for one that is only tried out.
    let id: Serving.Key?
    let analysed: AnalysedStatement
    /// The columns a key may name: the query's output, also where a SQL ETL follows it.
    let keyColumns: Schema
    /// The name of the CTE that holds the query's rows if an ETL follows, else nil: the key filters there.
    let keyedCTE: String?

    /// Set when the tables changed and the saved text no longer runs on them.
    let failure: (any Failure)?

    /// Keys escaped once.
    let encoder: JSONRowEncoder
    /// The same for some columns, by their places; the first of them that are asked for.
    private let partEncoders = Mutex<[[Int]: JSONRowEncoder]>([:])
    private static let maximumPartEncoders = 64

    private let store: any RealtimeStore
    private let check: LookupCheck
    let options: ServingOptions
    /// By the key's columns in the order of their names: the order that a caller names them in does not matter.
    private let lookups = Mutex<[[String]: any PreparedLookup]>([:])
    private let preparations = Mutex<[[String]: Preparation]>([:])

    init(
        _ analysed: AnalysedStatement, id: Serving.Key?, keyColumns: Schema, failure: (any Failure)? = nil, store: any RealtimeStore,
        check: LookupCheck, options: ServingOptions
    ) {
        self.id = id
        self.analysed = analysed
        self.keyColumns = keyColumns
        keyedCTE = id?.etl == nil ? nil : CheckedQuery.inputName
        self.failure = failure
        encoder = JSONRowEncoder(schema: analysed.schema)
        self.store = store
        self.check = check
        self.options = options
    }

    /// The same text under other obstacles.
    func with(_ analysed: AnalysedStatement) -> ServedStatement {
        ServedStatement(analysed, id: id, keyColumns: keyColumns, failure: failure, store: store, check: check, options: options)
    }

    /// The same for those who ask from now on: the saved text no longer runs.
    func failing(_ failure: any Failure) -> ServedStatement {
        ServedStatement(analysed, id: id, keyColumns: keyColumns, failure: failure, store: store, check: check, options: options)
    }

    /// Whether a SQL ETL is part of it.
    var isCombined: Bool { keyedCTE != nil }

    /// For these columns of the output, in this order; all where it is nil. Throws `unknownColumn`.
    func encoder(for columns: [String]?) throws -> JSONRowEncoder {
        guard let places = try ColumnSelection.places(of: columns, in: analysed.schema) else { return encoder }
        return partEncoders.withLock { made in
            if let encoder = made[places] { return encoder }
            let encoder = JSONRowEncoder(schema: analysed.schema, columns: places)
            if made.count < Self.maximumPartEncoders { made[places] = encoder }
            return encoder
        }
    }

    /// The lookup by these columns if it is prepared; never waits.
    func preparedLookup(by key: [String]) -> (any PreparedLookup)? {
        let name = Self.name(of: key)
        return lookups.withLock { $0[name] }
    }

    private static func name(of key: [String]) -> [String] { key.count > 1 ? key.sorted() : key }

    /// Compiles and prepares it if need be. Throws `unknownIndexKey`, `notServable`, what the store throws, or `loading` if that takes
    /// longer than `patience`; it goes on, and a later call finds it.
    ///
    /// - Parameter admission: what must succeed before anybody is answered by this key.
    func lookup(
        by key: [String], patience: Duration?, admission: (@Sendable () async throws -> Void)? = nil
    ) async throws -> any PreparedLookup {
        if let ready = preparedLookup(by: key) { return ready }
        let name = Self.name(of: key)
        let preparation = preparations.withLock { running in
            if let preparation = running[name] { return preparation }
            let preparation = Preparation()
            running[name] = preparation
            Task {
                let outcome = await Result(catching: {
                    let lookup = try await prepare(key)
                    try await admission?()
                    return lookup
                })
                if case .success(let lookup) = outcome { lookups.withLock { $0[name] = lookup } }
                _ = preparations.withLock { $0.removeValue(forKey: name) }
                preparation.finish(outcome)
            }
            return preparation
        }
        guard let outcome = try await preparation.outcome(within: patience) else {
            throw ExtractionError(
                .loading, "lookups by \(key.joined(separator: ", ")) are being prepared: an index and a certificate are made",
                hint: "try again in a moment", retryAfter: 1)
        }
        return try outcome.get()
    }

    private func prepare(_ key: [String]) async throws -> any PreparedLookup {
        let statement = try await compile(key: key)
        guard lookups.withLock({ $0.count }) < Self.maximumKeys else {
            throw ExtractionError(.keyNotLocal, "this query is looked up by \(Self.maximumKeys) keys already", hint: "use one of the keys in use")
        }
        try check.checkReach(statement)
        let lookup: any PreparedLookup
        do { lookup = try await store.prepare(statement, isCached: options.isCached) } catch let error as RealtimeError where error.kind == .unexpected || error.kind == .sqlError {
            // The store's own parser has limits that the compiler cannot foresee.
            throw Self.notServable([Obstacle(construct: "a statement that SQLite does not take", hint: error.reason)])
        }
        if !options.allowsScan { try await check.checkScans(lookup, analysed.tables) }
        return lookup
    }

    /// Each in the order it was first named in.
    var preparedKeys: [[String]] { prepared.map(\.key) }

    private var prepared: [(key: [String], lookup: any PreparedLookup)] {
        lookups.withLock { $0.values.map { ($0.statement.parameters.map(\.column), $0) } }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
    }

    /// `[{key, kept, hits, misses, answers, bytes, oldest_seconds}]` of each prepared lookup.
    var cacheReport: JSONValue {
        .array(
            prepared.map { key, lookup in
                let hot = lookup.hot
                return [
                    "key": .array(key.map { .string($0) }), "kept": .bool(hot.isHot), "hits": .init(hot.hits), "misses": .init(hot.misses),
                    "answers": .init(hot.answers), "bytes": .init(hot.bytes), "oldest_seconds": .number(String(hot.oldestSeconds.rounded())),
                ]
            })
    }

    func compile(key: [String]) async throws -> RealtimeStatement {
        if let failure { throw failure }
        try checkKey(key)
        guard analysed.obstacles.isEmpty, let compiler = analysed.compiler else { throw Self.notServable(analysed.obstacles) }
        let keyedCTE = keyedCTE
        switch try await DeepStack.run({ compiler.compile(key: key, in: keyedCTE) }) {
        case .statement(let statement): return statement
        case .obstacles(let obstacles): throw Self.notServable(obstacles)
        }
    }

    private func checkKey(_ key: [String]) throws {
        guard let unknown = key.first(where: { keyColumns.index(of: $0) == nil }) else {
            guard Set(key).count == key.count else { throw ExtractionError(.unknownIndexKey, "index_key names a column twice") }
            return
        }
        throw ExtractionError.unknown(.unknownIndexKey, "index_key '\(unknown)' is no output column of this query", unknown, among: keyColumns.names)
    }

    static func notServable(_ obstacles: [Obstacle]) -> ExtractionError {
        let named = obstacles.prefix(3).map(\.construct).joined(separator: "; ")
        return ExtractionError(
            .notServable, "this query cannot be answered from the realtime store", reason: named.isEmpty ? nil : named, hint: obstacles.first?.hint,
            details: ["reasons": .array(obstacles.map(\.json))], position: obstacles.lazy.compactMap(\.position).first,
            obstacles: obstacles)
    }
}

extension Obstacle {
    /// The shape of `realtime.reasons`.
    var json: JSONValue {
        .object([
            .init("construct", .string(construct)),
            .init("position", position.map { ["line": .init($0.line), "column": .init($0.column), "character": .init($0.character)] } ?? .null),
            .init("hint", .string(hint)),
        ])
    }
}

/// One preparation that any number of callers wait for, each as long as it likes.
private final class Preparation: Sendable {
    private let state = Mutex<Result<any PreparedLookup, any Error>?>(nil)

    func finish(_ outcome: Result<any PreparedLookup, any Error>) { state.withLock { $0 = outcome } }

    /// Looks again every few milliseconds: preparations are rare, and a caller that gives up must leave nothing behind.
    func outcome(within patience: Duration?) async throws -> Result<any PreparedLookup, any Error>? {
        let start = ContinuousClock.now
        while true {
            if let outcome = state.withLock({ $0 }) { return outcome }
            if let patience, start.duration(to: .now) > patience { return nil }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
