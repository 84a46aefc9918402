public import FeatureModel

/// Keeps what people save: queries, ETLs, names, bindings, baselines and skew events.
///
/// One contract suite (`CatalogContract`) runs over every backend. All calls are safe from any number of tasks and processes;
/// what a call has acknowledged survives the death of any process. A backend that is away throws `CatalogError.unavailable`
/// within 2 s and recovers by itself.
public protocol Catalog: Sendable {
    /// The key ids are made with. Stores `candidate` if the catalog has none yet (insert if absent) and returns the one stored.
    func identityKey(ifAbsent candidate: [UInt8]) async throws -> [UInt8]

    // MARK: Contents: immutable, without project

    /// Inserts if absent and returns what is stored: the first text saved under an id stays.
    /// Throws `identityCollision` if the stored digest differs.
    func insert(_ query: QueryContent) async throws -> QueryContent
    func insert(_ etl: ETLContent) async throws -> ETLContent
    func query(_ id: QueryID) async throws -> QueryContent?
    func etl(_ id: ETLID) async throws -> ETLContent?
    /// Newest first. `after` is the last id of the page before.
    func queries(limit: Int, after: QueryID?) async throws -> [QueryContent]
    func etls(limit: Int, after: ETLID?) async throws -> [ETLContent]

    // MARK: Names: (project, name) → versions

    /// Gives `draft` the next version of its name; if the newest version already means the same ids, returns that one.
    /// Two callers at once get two versions.
    func assign(_ draft: NameDraft) async throws -> NameRecord
    /// The newest version if `version` is nil.
    func name(_ name: ObjectName, version: Int?, project: ObjectName) async throws -> NameRecord?
    /// Every version of every name of a project, sorted by name, then version.
    func names(project: ObjectName) async throws -> [NameRecord]

    // MARK: Bindings: what a content means in a project, against one state of the warehouse

    /// Inserts or replaces the binding of its (query, ETL, project).
    func save(_ binding: Binding) async throws
    func binding(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Binding?
    /// What there are bindings of, in every project, sorted by project, query and ETL, none first.
    func bindingKeys() async throws -> [BindingKey]
    /// One servable binding for each state of the tables (`definitionsDigest`) that any stands on: at start-up they say what to load, however
    /// many bindings there are.
    func bindingsByDefinitions() async throws -> [Binding]

    // MARK: Baselines: numbered from 1 and appended, per (project, query, ETL)

    func append(_ draft: BaselineDraft, query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline
    func newestBaseline(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline?

    // MARK: Changes

    /// For one reader, who asks it from time to time. Contacts nobody yet.
    func watch() -> any CatalogWatch

    // MARK: Skew events

    func record(_ event: SkewEvent) async throws
    /// Newest first; at most `limit`. The backend keeps the newest ``SkewEvent/retained``.
    func skewEvents(project: ObjectName, query: QueryID?, limit: Int) async throws -> [SkewEvent]

    /// Returns when the backend answers; throws `unavailable` when it does not.
    func ping() async throws
    func close() async
}
