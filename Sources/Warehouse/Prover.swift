public import FeatureModel

/// Types statements with PostgreSQL itself, on copies of the tables' *definitions* in a private server
/// (see `architecture/decisions`): the warehouse needs to grant nothing but SELECT.
public protocol Prover: Sendable {
    /// Makes the relations in one transaction, lays a temporary view over `sql`, reads what PostgreSQL made of it and rolls back.
    /// Throws `statementRefused` with PostgreSQL's message, SQLSTATE and position, `unavailable` when the server is away.
    func type(_ sql: String, over tables: [TableDefinition], environment: WarehouseEnvironment) async throws -> TypedStatement

    func close() async
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
