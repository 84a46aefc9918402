public import Catalog
public import FeatureModel
import SQLDialect

/// Finds what was saved, by id or name, remembering it in memory. What another process saves is read again when ``renew(_:)`` says so.
public final class Library: Sendable {
    let catalog: any Catalog
    private let queries: Remembered<QueryID, QueryContent>
    private let etls: Remembered<ETLID, ETLContent>
    private let names: Remembered<NameKey, NameRecord>
    private let baselines: Remembered<BindingKey, Baseline>
    private let bindings: Remembered<BindingKey, Binding>

    private struct NameKey: Hashable {
        let project: ObjectName
        let name: ObjectName
        /// Nil for the newest, which alone can become another.
        let version: Int?
    }

    public init(catalog: any Catalog) {
        self.catalog = catalog
        queries = Remembered(limit: 10_000) { try await catalog.query($0) }
        etls = Remembered(limit: 10_000) { try await catalog.etl($0) }
        names = Remembered(limit: 10_000, isNewer: { $0.version > $1.version }) { try await catalog.name($0.name, version: $0.version, project: $0.project) }
        baselines = Remembered(limit: 10_000, isNewer: { $0.number > $1.number }) {
            try await catalog.newestBaseline(query: $0.query, etl: $0.etl, project: $0.project)
        }
        bindings = Remembered(limit: 1_000) { try await catalog.binding(query: $0.query, etl: $0.etl, project: $0.project) }
    }

    public func query(_ id: QueryID) async throws -> QueryContent {
        guard let content = try await queries.value(id) else {
            throw ExtractionError(.unknownQuery, "no query has the id \(id)", hint: "save it with POST /v1.0/query/train?save=true")
        }
        return content
    }

    public func etl(_ id: ETLID) async throws -> ETLContent {
        guard let content = try await etls.value(id) else {
            throw ExtractionError(.unknownETL, "no ETL has the id \(id)", hint: "save it with POST /v1.0/extract/train?save=true")
        }
        return content
    }

    /// `version` nil means the newest.
    public func name(_ name: ObjectName, version: Int? = nil, project: ObjectName) async throws -> NameRecord {
        guard let record = try await names.value(NameKey(project: project, name: name, version: version)) else {
            let which = version.map { "version \($0) of '\(name)'" } ?? "the name '\(name)'"
            throw ExtractionError(.unknownName, "\(which) is not in project '\(project)'", hint: "GET /v1.0/queries lists the names there are")
        }
        return record
    }

    public func newestBaseline(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline? {
        try await baselines.value(BindingKey(project: project, query: query, etl: etl))
    }

    /// As of a moment ago; for telling, not for serving.
    func binding(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Binding? {
        try await bindings.value(BindingKey(project: project, query: query, etl: etl))
    }

    // MARK: Saving: the catalog first, then the memory

    func save(_ content: QueryContent) async throws -> QueryContent {
        try await queries.saving(content.id) { try await catalog.insert(content) }
    }

    func save(_ content: ETLContent) async throws -> ETLContent {
        try await etls.saving(content.id) { try await catalog.insert(content) }
    }

    func assign(_ draft: NameDraft) async throws -> NameRecord {
        try await names.saving(NameKey(project: draft.project, name: draft.name, version: nil)) { try await catalog.assign(draft) }
    }

    func append(_ draft: BaselineDraft, query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline {
        try await baselines.saving(BindingKey(project: project, query: query, etl: etl)) {
            try await catalog.append(draft, query: query, etl: etl, project: project)
        }
    }

    // MARK: What others save

    /// Everything remembered that another process can change.
    var changeable: [CatalogChange] {
        names.keys.compactMap { $0.version == nil ? .name($0.name, project: $0.project) : nil } + baselines.keys.map { .baselines($0) }
            + bindings.keys.map { .binding($0) }
    }

    /// Reads it again if it is remembered.
    func renew(_ change: CatalogChange) async throws {
        switch change {
        case .name(let name, let project): try await names.renew(NameKey(project: project, name: name, version: nil))
        case .baselines(let key): try await baselines.renew(key)
        case .binding(let key): try await bindings.renew(key)
        }
    }
}
