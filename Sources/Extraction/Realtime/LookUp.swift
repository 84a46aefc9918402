import FeatureModel
import Formats
import Realtime
import SQLDialect

/// Rows of a served statement for the entities asked for: the step that both realtime calls share.
struct LookUp: Sendable {
    let store: any RealtimeStore
    let limits: LookupLimits
    /// Entities of one call.
    let mostKeys: Int
    let certificates: CertificateKeeper
    /// How long a first call by a key waits for its index and certificate.
    private static let patience = Duration.seconds(1)

    /// A call's whole answer, where neither `meta` nor warnings stand in it.
    func answer(_ statement: ServedStatement, _ request: RealtimeRequest, as encoder: JSONRowEncoder) async throws -> [UInt8] {
        switch request.entities {
        case .one: try await RealtimeAnswer.body { out in try await one(statement, request, as: encoder, to: &out) }
        case .many(let asked): try await RealtimeAnswer.results(asked) { out, open in try await many(statement, request, as: encoder, to: &out, open: open) }
        }
    }

    /// The rows of one entity.
    func one(_ statement: ServedStatement, _ request: RealtimeRequest) async throws -> Frame {
        let (lookup, keys) = try await prepare(statement, request)
        return try await asking(request) {
            if keys.requests.isEmpty { return try await store.rows(lookup, key: keys.values, limits: limits) }
            return try await store.rows(lookup, keys: keys, limits: limits).frame(of: 0)
        }
    }

    /// The same, written behind what `out` holds.
    private func one(_ statement: ServedStatement, _ request: RealtimeRequest, as encoder: JSONRowEncoder, to out: inout [UInt8]) async throws {
        let (lookup, keys) = try await prepare(statement, request)
        try await asking(request) {
            if keys.requests.isEmpty { return try await store.rows(lookup, key: keys.values, limits: limits, as: encoder, to: &out) }
            try await store.rows(lookup, keys: keys, limits: limits, as: encoder, to: &out) { _, _, _ in }
        }
    }

    /// The rows of all entities of the call, from one state of the tables; with marks where the caller wants `meta`.
    func many(_ statement: ServedStatement, _ request: RealtimeRequest) async throws -> KeyedRows {
        let (lookup, keys) = try await prepareMany(statement, request)
        // Before the rows are read: they include at least these changes.
        let marks = request.wantsMeta ? store.marks(of: lookup) : []
        var rows = try await asking(request) { try await store.rows(lookup, keys: keys, limits: limits) }
        rows.marks = marks
        return rows
    }

    /// The same without marks, written behind what `out` holds; `open` writes what stands before an entity's rows.
    private func many(
        _ statement: ServedStatement, _ request: RealtimeRequest, as encoder: JSONRowEncoder, to out: inout [UInt8],
        open: (_ entity: Int, _ isFound: Bool, _ out: inout [UInt8]) -> Void
    ) async throws {
        let (lookup, keys) = try await prepareMany(statement, request)
        try await asking(request) { try await store.rows(lookup, keys: keys, limits: limits, as: encoder, to: &out, open: open) }
    }

    private func prepareMany(_ statement: ServedStatement, _ request: RealtimeRequest) async throws -> (any PreparedLookup, KeyBatch) {
        guard request.entities.count <= mostKeys else {
            throw ExtractionError(
                .tooManyKeys, "index_values holds \(request.entities.count) entities, at most \(mostKeys) are answered in one call",
                hint: "ask in several calls; the limit is the setting REALTIME_KEYS", details: ["limit": .init(mostKeys)])
        }
        return try await prepare(statement, request)
    }

    private func prepare(_ statement: ServedStatement, _ request: RealtimeRequest) async throws -> (any PreparedLookup, KeyBatch) {
        let key = request.indexKey
        let lookup: any PreparedLookup
        if let ready = statement.preparedLookup(by: key) { lookup = ready } else {
            lookup = try await statement.lookup(by: key, patience: Self.patience) { try await certificates.admit(key, to: statement) }
        }
        let keys = try request.entities.keys(key, as: lookup.keyColumns, requests: requests(statement, request))
        if !lookup.isReady { try checkLoaded(lookup.statement.tables) }
        return (lookup, keys)
    }

    private func requests(_ statement: ServedStatement, _ request: RealtimeRequest) throws -> [Value] {
        guard let given = try RequestValues.checked(request.request, for: statement.analysed.request) else { return [] }
        if request.request?.array != nil {
            guard request.entities.isMany, given.count == request.entities.count else {
                throw ExtractionError(
                    .badRequestValue, "'request' has \(given.count) rows for \(request.entities.count) entities",
                    hint: "send one object for all entities, or with index_values a list with one for each")
            }
        }
        return given.values
    }

    private func asking<Answer>(_ request: RealtimeRequest, _ body: () async throws -> Answer) async throws -> Answer {
        do { return try await body() } catch let error as RealtimeError {
            if error.kind == .definitionChanged {
                throw ExtractionError(
                    .loading, "a table of this query was altered and is being loaded anew", reason: error.reason, hint: "try again in a moment", retryAfter: 1)
            }
            guard let place = error.details?["index"]?.int else { throw error }
            throw request.entities.isMany
                ? error.with(message: "\(error.kind == .badRequestValue ? "request" : "index_values")[\(place)]: \(error.message)", details: error.details)
                : error.with(message: error.message, details: error.details?.removing("index"))
        }
    }

    private func checkLoaded(_ tables: [TableName]) throws {
        for table in tables {
            switch store.state(of: table) {
            case .ready: continue
            case .absent: throw loading("table \(table) is waiting to be loaded", table, nil)
            case .loading(let rows, let total): throw loading("table \(table) is being loaded: \(rows) rows so far", table, (rows, total))
            case .failed(let reason): throw loading("table \(table) is not loaded: \(reason)", table, nil)
            }
        }
    }

    private func loading(_ message: String, _ table: TableName, _ progress: (rows: Int, of: Int)?) -> ExtractionError {
        var details: [JSONValue.Member] = [.init("table", .string(table.description))]
        if let progress {
            details.append(.init("rows", .init(progress.rows)))
            if progress.of >= 0 { details.append(.init("estimated_rows", .init(progress.of))) }
        }
        return ExtractionError(.loading, message, hint: "try again in a moment; /health/ready tells when everything is loaded", details: .object(details), retryAfter: 1)
    }
}

extension RealtimeError {
    fileprivate func with(message: String, details: JSONValue?) -> RealtimeError {
        RealtimeError(kind, message, reason: reason == self.message ? message : reason, hint: hint, details: details, sqlstate: sqlstate)
    }
}

extension JSONValue {
    /// Nil if nothing is left.
    fileprivate func removing(_ name: String) -> JSONValue? {
        let rest = (object ?? []).filter { $0.key != name }
        return rest.isEmpty ? nil : .object(rest)
    }
}
