public import Catalog
public import FeatureModel
import SQLDialect

/// Finds what was saved, by id or name, remembering it in memory.
public final class Library: Sendable {
    let catalog: any Catalog
    private let queries = RefreshingCache<QueryID, QueryContent>(limit: 10_000, freshness: .seconds(3_600))
    private let etls = RefreshingCache<ETLID, ETLContent>(limit: 10_000, freshness: .seconds(3_600))
    private let names = RefreshingCache<NameKey, NameRecord>(limit: 10_000, freshness: .seconds(1))
    private let baselines = RefreshingCache<BindingKey, Baseline>(limit: 10_000, freshness: .seconds(1))

    private let bindings = RefreshingCache<BindingKey, Binding>(limit: 1_000, freshness: .seconds(1))

    private struct NameKey: Hashable {
        let project: ObjectName
        let name: ObjectName
        let version: Int?
    }

    public init(catalog: any Catalog) { self.catalog = catalog }

    public func query(_ id: QueryID) async throws -> QueryContent {
        guard let content = try await queries.value(id, load: { [catalog] in try await catalog.query(id) }) else {
            throw ExtractionError(.unknownQuery, "no query has the id \(id)", hint: "save it with POST /v1.0/query/train?save=true")
        }
        return content
    }

    public func etl(_ id: ETLID) async throws -> ETLContent {
        guard let content = try await etls.value(id, load: { [catalog] in try await catalog.etl(id) }) else {
            throw ExtractionError(.unknownETL, "no ETL has the id \(id)", hint: "save it with POST /v1.0/extract/train?save=true")
        }
        return content
    }

    /// `version` nil means the newest.
    public func name(_ name: ObjectName, version: Int? = nil, project: ObjectName) async throws -> NameRecord {
        let key = NameKey(project: project, name: name, version: version)
        guard let record = try await names.value(key, load: { [catalog] in try await catalog.name(name, version: version, project: project) }) else {
            let which = version.map { "version \($0) of '\(name)'" } ?? "the name '\(name)'"
            throw ExtractionError(.unknownName, "\(which) is not in project '\(project)'", hint: "GET /v1.0/queries lists the names there are")
        }
        return record
    }

    public func newestBaseline(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline? {
        try await baselines.value(BindingKey(project: project, query: query, etl: etl)) { [catalog] in
            try await catalog.newestBaseline(query: query, etl: etl, project: project)
        }
    }

    /// As of a moment ago; for telling, not for serving.
    func binding(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Binding? {
        try await bindings.value(BindingKey(project: project, query: query, etl: etl)) { [catalog] in
            try await catalog.binding(query: query, etl: etl, project: project)
        }
    }

    // MARK: Saving: the catalog first, then the memory

    func save(_ content: QueryContent) async throws -> QueryContent {
        let stored = try await catalog.insert(content)
        queries.store(stored, for: stored.id)
        return stored
    }

    func save(_ content: ETLContent) async throws -> ETLContent {
        let stored = try await catalog.insert(content)
        etls.store(stored, for: stored.id)
        return stored
    }

    func assign(_ draft: NameDraft) async throws -> NameRecord {
        let record = try await catalog.assign(draft)
        names.store(record, for: NameKey(project: draft.project, name: draft.name, version: nil))
        return record
    }

    func append(_ draft: BaselineDraft, query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline {
        let baseline = try await catalog.append(draft, query: query, etl: etl, project: project)
        baselines.store(baseline, for: BindingKey(project: project, query: query, etl: etl))
        return baseline
    }
}
