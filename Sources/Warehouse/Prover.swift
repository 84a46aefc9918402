public import FeatureModel

/// Types statements with PostgreSQL itself, on copies of the tables' *definitions* in a private server
/// (see `architecture/decisions`): the warehouse needs to grant nothing but SELECT.
public protocol Prover: Sendable {
    /// Makes the relations in one transaction, lays a temporary view over `sql`, reads what PostgreSQL made of it and rolls back.
    /// Throws `statementRefused` with PostgreSQL's message, SQLSTATE and position, `unavailable` when the server is away.
    func type(_ sql: String, over tables: [TableDefinition], environment: WarehouseEnvironment) async throws -> TypedStatement

    /// Makes the relations in one transaction, puts each rehearsal's rows in, runs its statements one by one, each READ ONLY, reads the cuts
    /// and takes the rows out again; at the end rolls everything back. Rows that a constraint refuses are left out. A statement that fails is
    /// an answer; throws `statementRefused` only if the relations cannot be made, `unavailable` or `timeout` (of all together).
    func rehearse(
        _ rehearsals: [Rehearsal], over tables: [TableDefinition], environment: WarehouseEnvironment, limits: RehearsalLimits
    ) async throws -> [RehearsalOutcome]

    func close() async
}

/// How long a rehearsal may take.
public struct RehearsalLimits: Sendable {
    /// For all of them.
    public var seconds: Double
    /// For one statement; beyond it fails with 57014.
    public var statementSeconds: Double

    public init(seconds: Double = 20, statementSeconds: Double = 2) {
        self.seconds = seconds
        self.statementSeconds = statementSeconds
    }
}

/// What PostgreSQL's analysis says about a statement.
public struct TypedStatement: Sendable, Hashable {
    /// `pg_get_viewdef` under an empty search path: `*` expanded, names resolved and qualified, literals typed, casts written out.
    public let canonicalSQL: String
    /// The same for each view the statement reads, directly or through other views.
    public let canonicalViews: [TableName: String]
    public let columns: [OutputColumn]
    /// Every function, operator function, aggregate and cast function in the statement and in the views it reads.
    public let functions: [FunctionSignature]

    public init(canonicalSQL: String, canonicalViews: [TableName: String], columns: [OutputColumn], functions: [FunctionSignature]) {
        self.canonicalSQL = canonicalSQL
        self.canonicalViews = canonicalViews
        self.columns = columns
        self.functions = functions
    }
}

public struct FunctionSignature: Hashable, Sendable, Codable {
    public enum Volatility: String, Sendable, Codable { case immutable = "i", stable = "s", volatile = "v" }

    public let schema: String
    public let name: String
    /// `format_type` names, e.g. `["text", "integer"]`.
    public let arguments: [String]
    public let volatility: Volatility

    public init(schema: String, name: String, arguments: [String], volatility: Volatility) {
        self.schema = schema
        self.name = name
        self.arguments = arguments
        self.volatility = volatility
    }
}
