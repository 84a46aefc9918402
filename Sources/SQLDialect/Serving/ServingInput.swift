public import FeatureModel

/// Everything the rewriter needs to know about one query: PostgreSQL's typed form of it and the definitions it stands on.
public struct ServingInput: Sendable {
    /// The query in canonical form (`pg_get_viewdef`, names qualified).
    public let canonicalSQL: String
    /// The canonical form of every view it reads, directly or not.
    public let views: [TableName: String]
    public let tables: [TableDefinition]
    /// Output columns in order, as PostgreSQL describes them.
    public let output: [(name: String, type: PostgresType)]
    /// The database's collation is one whose order is that of bytes (C, POSIX, C.UTF-8).
    public let hasBinaryCollation: Bool
    /// The session's TimeZone.
    public let timeZone: String
    /// What the canonical form's first WITH query stands for; nil if the query reads no `request`.
    public let request: RequestRelation?
    /// Accepts LIMIT and DISTINCT ON whose order is not provably total, and answers a run-time error when rows tie where it matters;
    /// otherwise they are obstacles.
    public let checksTies: Bool

    public init(
        canonicalSQL: String, views: [TableName: String], tables: [TableDefinition], output: [(name: String, type: PostgresType)],
        hasBinaryCollation: Bool, timeZone: String, request: RequestRelation? = nil, checksTies: Bool = false
    ) {
        self.canonicalSQL = canonicalSQL
        self.views = views
        self.tables = tables
        self.output = output
        self.hasBinaryCollation = hasBinaryCollation
        self.timeZone = timeZone
        self.request = request
        self.checksTies = checksTies
    }
}
