public import FeatureModel
public import Foundation

/// A saved query: its text as first written, and the digest of its canonical form.
public struct QueryContent: Codable, Sendable, Hashable {
    public var formatVersion = 1
    public let id: QueryID
    public let sql: String
    /// What it reads from the call itself, as the relation `request`; nil if it does not.
    public let request: [RequestColumn]?
    /// SHA-256 (hexadecimal) of the canonical form that the id was made from: equal ids must have equal digests.
    public let canonicalDigest: String
    /// In whole milliseconds, as every date of a record: see ``Timestamp``.
    public let createdAt: Date
    public let createdBy: String

    public init(id: QueryID, sql: String, request: [RequestColumn]? = nil, canonicalDigest: String, createdAt: Date, createdBy: String) {
        self.id = id
        self.sql = sql
        self.request = request
        self.canonicalDigest = canonicalDigest
        self.createdAt = Timestamp.rounded(createdAt)
        self.createdBy = createdBy
    }
}

public enum ETLLanguage: String, Codable, Sendable {
    case python, sql
}

/// A saved ETL: its source, not a path to it, and where it came from.
public struct ETLContent: Codable, Sendable, Hashable {
    public var formatVersion = 1
    public let id: ETLID
    public let language: ETLLanguage
    public let source: String
    /// The address or path it was read from, or `request` for `etl_source`. Never with a user name or password.
    public let origin: String
    public let canonicalDigest: String
    public let createdAt: Date
    public let createdBy: String

    public init(id: ETLID, language: ETLLanguage, source: String, origin: String, canonicalDigest: String, createdAt: Date, createdBy: String) {
        self.id = id
        self.language = language
        self.source = source
        self.origin = origin
        self.canonicalDigest = canonicalDigest
        self.createdAt = Timestamp.rounded(createdAt)
        self.createdBy = createdBy
    }
}

/// What a name is to mean next.
public struct NameDraft: Sendable, Hashable {
    public let project: ObjectName
    public let name: ObjectName
    public let queryID: QueryID
    public let etlID: ETLID?
    public let owner: String

    public init(project: ObjectName, name: ObjectName, queryID: QueryID, etlID: ETLID?, owner: String) {
        self.project = project
        self.name = name
        self.queryID = queryID
        self.etlID = etlID
        self.owner = owner
    }
}

/// One version of a name.
public struct NameRecord: Codable, Sendable, Hashable {
    public var formatVersion = 1
    public let project: ObjectName
    public let name: ObjectName
    /// From 1.
    public let version: Int
    public let queryID: QueryID
    public let etlID: ETLID?
    public let owner: String
    public let createdAt: Date

    public init(_ draft: NameDraft, version: Int, createdAt: Date) {
        project = draft.project
        name = draft.name
        self.version = version
        queryID = draft.queryID
        etlID = draft.etlID
        owner = draft.owner
        self.createdAt = Timestamp.rounded(createdAt)
    }
}

/// What a query (with an ETL, or none) means in a project against one state of the warehouse: found at save.
public struct Binding: Codable, Sendable, Hashable {
    public var formatVersion = 1
    public let queryID: QueryID
    public let etlID: ETLID?
    public let project: ObjectName
    /// Digest of the definitions of the tables read; another digest means the binding is out of date.
    public let definitionsDigest: String
    public let schema: Schema
    /// PostgreSQL's own typed form of the statement (`pg_get_viewdef`), which the rewriter starts from; nil if the prover was away.
    public let canonicalSQL: String?
    /// Every relation read, views and what they stand on included.
    public let tables: [TableDefinition]
    public let isServable: Bool
    /// Why not, when not; in the shape of `realtime.reasons`.
    public let obstacles: [Obstacle]
    /// Output columns that were asked for or inferred as keys at save.
    public let keys: [[String]]
    /// The query's own output, which keys name, where a SQL ETL makes `schema` another; else nil.
    public let keyColumns: Schema?
    /// Facts of the warehouse that the rewriter depends on.
    public let hasBinaryCollation: Bool
    public let timeZone: String
    /// nil in bindings of an earlier program, which had none.
    public let options: ServingOptions?
    /// Nil if it was not servable, or saved before reports were kept.
    public let report: ServingReport?
    public let updatedAt: Date
    /// Absent where nothing could be certified, and in bindings of before there were any.
    public var certificate: CertificateRecord?

    public init(
        queryID: QueryID, etlID: ETLID?, project: ObjectName, definitionsDigest: String, schema: Schema, canonicalSQL: String?,
        tables: [TableDefinition], isServable: Bool, obstacles: [Obstacle], keys: [[String]], keyColumns: Schema? = nil,
        hasBinaryCollation: Bool = true, timeZone: String = "UTC", options: ServingOptions? = nil, report: ServingReport? = nil, updatedAt: Date,
        certificate: CertificateRecord? = nil
    ) {
        self.queryID = queryID
        self.etlID = etlID
        self.project = project
        self.definitionsDigest = definitionsDigest
        self.schema = schema
        self.canonicalSQL = canonicalSQL
        self.tables = tables
        self.isServable = isServable
        self.obstacles = obstacles
        self.keys = keys
        self.keyColumns = keyColumns
        self.hasBinaryCollation = hasBinaryCollation
        self.timeZone = timeZone
        self.options = options
        self.report = report
        self.updatedAt = Timestamp.rounded(updatedAt)
        self.certificate = certificate
    }
}

/// What serving is compared with: the schema of a training output.
public struct BaselineDraft: Codable, Sendable, Hashable {
    /// What the ETL (or the query, if there is none) gave.
    public let schema: Schema
    /// What the query gave the ETL; nil for a query without one.
    public let inputSchema: Schema?
    public let rowCount: Int
    /// Interpreter and package versions that made it, e.g. `python 3.11.2, pandas 1.5.3`; nil for SQL.
    public let runtime: String?
    public let createdAt: Date
    public let createdBy: String

    public init(schema: Schema, inputSchema: Schema? = nil, rowCount: Int, runtime: String?, createdAt: Date, createdBy: String) {
        self.schema = schema
        self.inputSchema = inputSchema
        self.rowCount = rowCount
        self.runtime = runtime
        self.createdAt = Timestamp.rounded(createdAt)
        self.createdBy = createdBy
    }
}

public struct Baseline: Codable, Sendable, Hashable {
    public var formatVersion = 1
    /// From 1, without gaps, per (project, query, ETL).
    public let number: Int
    public let draft: BaselineDraft

    public init(number: Int, draft: BaselineDraft) {
        self.number = number
        self.draft = draft
    }
}

/// One request whose output did not have the baseline's schema.
public struct SkewEvent: Codable, Sendable, Hashable {
    /// How many a backend keeps at the least; older ones may go.
    public static let retained = 10_000

    public struct Difference: Codable, Sendable, Hashable {
        public let column: String
        /// `missing`, `added`, `retyped`, `nullability` or `definition`.
        public let kind: String
        public let saved: String?
        public let served: String?

        public init(column: String, kind: String, saved: String?, served: String?) {
            self.column = column
            self.kind = kind
            self.saved = saved
            self.served = served
        }
    }

    public var formatVersion = 1
    public let project: ObjectName
    public let queryID: QueryID
    public let etlID: ETLID?
    public let baseline: Int?
    public let differences: [Difference]
    /// `refused` (409) or `warned` (200 with warnings).
    public let outcome: String
    public let principal: String
    public let at: Date

    public init(
        project: ObjectName, queryID: QueryID, etlID: ETLID?, baseline: Int?, differences: [Difference], outcome: String, principal: String, at: Date
    ) {
        self.project = project
        self.queryID = queryID
        self.etlID = etlID
        self.baseline = baseline
        self.differences = differences
        self.outcome = outcome
        self.principal = principal
        self.at = Timestamp.rounded(at)
    }
}
