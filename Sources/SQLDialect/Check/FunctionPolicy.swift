internal import FeatureModel

/// Which functions a query may call: the built-in list, and what the platform adds.
public struct FunctionPolicy: Sendable, Hashable {
    /// Names the platform adds, `name` or `schema.name`. A query that calls one is saved for training and not servable.
    public let extra: Set<String>

    /// - Parameter extra: functions of the warehouse, never built-in ones: those that are not on the built-in list stay refused.
    public init(extra: some Sequence<String> = []) {
        self.extra = Set(extra.map { $0.hasPrefix("pg_catalog.") ? "" : $0 }.filter { !$0.isEmpty && !$0.hasPrefix("pg_") })
    }

    public static let builtIn = FunctionPolicy()

    enum Verdict: Sendable { case permitted, trainingOnly, refused }

    /// What a call written with that name may do; `schema` is what stands before the dot.
    func verdict(schema: String?, name: String) -> Verdict {
        if schema == nil || schema == "pg_catalog" {
            if PermittedFunctions.all.contains(name) { return .permitted }
            if PermittedFunctions.trainingOnly.contains(name) { return .trainingOnly }
        }
        if schema == "pg_catalog" { return .refused }
        return isExtra(schema: schema, name: name) ? .trainingOnly : .refused
    }

    /// An entry without a schema is good for any; an unqualified call may mean an entry of any schema, which ``permits`` decides.
    private func isExtra(schema: String?, name: String) -> Bool {
        if extra.contains(name) { return true }
        if let schema { return extra.contains("\(schema).\(name)") }
        return extra.contains { $0.hasSuffix(".\(name)") }
    }

    /// The second lock: whether the function that PostgreSQL resolved may be called.
    ///
    /// A built-in one must be on the list, or stand behind an operator or a cast, and take ordinary values only; a volatile one must be
    /// on the list of training. A function of any other schema must be one the platform listed.
    /// - Parameter arguments: the declared types as `format_type` writes them.
    public func permits(schema: String, name: String, arguments: [String], isVolatile: Bool) -> Bool {
        guard schema == "pg_catalog" else { return !schema.hasPrefix("pg_") && schema != "information_schema" && isExtra(schema: schema, name: name) }
        guard arguments.allSatisfy(Self.isOrdinary) else { return false }
        if PermittedFunctions.trainingOnly.contains(name) { return true }
        return !isVolatile && (PermittedFunctions.all.contains(name) || OperatorFunctions.all.contains(name))
    }

    private static func isOrdinary(_ type: String) -> Bool {
        var type = Substring(type)
        while type.hasSuffix("[]") { type = type.dropLast(2) }
        return ordinaryTypes.contains(type.filter { $0 != "\"" })
    }

    /// Types of values. Not among them: OIDs and what reads as one (`regclass`), `xml`, `refcursor`, transaction ids, server internals.
    private static let ordinaryTypes: Set<String> = [
        "boolean", "smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "text", "character varying", "character",
        "bpchar", "name", "char", "bytea", "date", "time without time zone", "time with time zone", "timestamp without time zone",
        "timestamp with time zone",
        "interval", "uuid", "json", "jsonb", "jsonpath", "bit", "bit varying", "inet", "cidr", "macaddr", "macaddr8", "tsvector", "tsquery",
        "regconfig", "int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange", "int4multirange", "int8multirange", "nummultirange",
        "datemultirange", "tsmultirange", "tstzmultirange", "record", "any", "anyelement", "anyarray", "anynonarray", "anyenum", "anyrange",
        "anymultirange", "anycompatible", "anycompatiblearray", "anycompatiblenonarray", "anycompatiblerange", "anycompatiblemultirange", "unknown",
    ]

    /// The permitted name that is spelt most like this one; nil if none is near.
    func nearest(to name: String) -> String? {
        let limit = max(1, name.count / 3)
        return PermittedFunctions.all
            .filter { abs($0.count - name.count) <= limit }
            .map { (distance: EditDistance.between(name, $0), name: $0) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }
}
