import Certificate
import FeatureModel
import Formats
public import Realtime
import RealtimeSQLite
public import SQLDialect
import Warehouse

/// A shape as the realtime store runs it.
public struct KeyedShape: Sendable {
    public let shape: KeyShape
    public let statement: RealtimeStatement
    public let lookup: any PreparedLookup
    let type: [PostgresType]
}

public struct ShapeRefused: Error {
    public let constructs: [String]
}

extension TwoEngines {
    /// Compiles a shape for its key and prepares it; with `isCached` its answers are kept. Throws ``ShapeRefused``.
    public func keyed(_ shape: KeyShape, isCached: Bool = false) async throws -> KeyedShape {
        let whole = shape.etl.map { "WITH input AS (\(shape.sql)) \($0)" } ?? shape.sql
        let typed = try await type(whole)
        let input = ServingInput(
            canonicalSQL: typed.canonicalSQL, views: typed.canonicalViews, tables: definitions, output: typed.columns.map { ($0.name, $0.type) },
            hasBinaryCollation: ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(environment.collation), timeZone: environment.timeZone, checksTies: true)
        let outcome = try await DeepStack.run { try ServingCompiler(input).compile(key: shape.key, in: shape.etl == nil ? nil : "input") }
        switch outcome {
        case .obstacles(let obstacles): throw ShapeRefused(constructs: obstacles.map(\.construct))
        case .statement(let statement):
            return KeyedShape(
                shape: shape, statement: statement, lookup: try await store.prepare(statement, isCached: isCached), type: statement.parameters.map(\.type))
        }
    }

    /// Up to `count` keys that there are, as PostgreSQL prints them; of one value of the first column if it is given.
    public func keys(of shape: KeyShape, first: String? = nil, count: Int = 4) async throws -> [[String]] {
        let columns = shape.key.map { "t.\(SQLiteNames.quoted($0))" }
        var conditions = columns.map { "\($0) IS NOT NULL" }
        if let first { conditions.append("\(columns[0])::text = '\(first)'") }
        let list = columns.enumerated().map { "\($1)::text AS k\($0)" }.joined(separator: ", ")
        let sql = "SELECT DISTINCT \(list) FROM (\(shape.sql)\n) t WHERE \(conditions.joined(separator: " AND ")) ORDER BY 1 LIMIT \(count)"
        return try await rows(of: sql).map { row in
            let json = try JSONReader.read(row)
            return shape.key.indices.map { json["k\($0)"]?.string ?? "" }
        }
    }

    /// What PostgreSQL gives for the key, sorted: the whole query filtered, and the ETL over that.
    public func filtered(_ keyed: KeyedShape, _ key: [String]) async throws -> [String] {
        let shape = keyed.shape
        let conditions = zip(shape.key, zip(key, keyed.type)).map { "t.\(SQLiteNames.quoted($0)) = \(KeyValue.literal($1.0, $1.1))" }
        let wrapped = "SELECT * FROM (\(shape.sql)\n) t WHERE \(conditions.joined(separator: " AND "))"
        return try await rows(of: shape.etl.map { "WITH input AS (\(wrapped)) \($0)" } ?? wrapped).sorted()
    }

    /// What the store gives for the key, sorted.
    public func lookedUp(_ keyed: KeyedShape, _ key: [String]) async throws -> [String] {
        let values = zip(key, keyed.type).map { KeyValue.bound($0, $1) }
        let encoder = JSONRowEncoder(schema: keyed.statement.schema)
        return try await rows(keyed.lookup, values, LookupLimits(seconds: 60, rows: 1_000_000), encoder).sorted()
    }

    /// One lookup, its rows thrown away.
    public func run(_ keyed: KeyedShape, _ key: [String]) async throws -> Int {
        let values = zip(key, keyed.type).map { KeyValue.bound($0, $1) }
        return try await store.rows(keyed.lookup, key: values, limits: LookupLimits(seconds: 60, rows: 1_000_000)).rowCount
    }
}
