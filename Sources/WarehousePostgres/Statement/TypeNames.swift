import FeatureModel
import Warehouse

/// Types by OID: built-in ones are known, others are asked for by name.
enum TypeNames {
    static func resolve(_ types: [(oid: UInt32, modifier: Int32)], on connection: PostgresConnection) throws -> [PostgresType] {
        let strange = types.filter { PostgresType(oid: $0.oid).kind == .other }
        guard !strange.isEmpty else { return types.map { PostgresType(oid: $0.oid, modifier: $0.modifier) } }
        // Under an empty path every type outside pg_catalog is printed with its schema, as the definitions of tables print it.
        let path = try connection.query("SELECT current_setting('search_path'), set_config('search_path', '', true)").string(0, 0)
        let answer = try connection.query(
            """
            SELECT format_type(w.type, w.modifier), t.typcategory = 'A', \(labels)
            FROM unnest($1::oid[], $2::int[]) WITH ORDINALITY AS w (type, modifier, place) LEFT JOIN pg_catalog.pg_type t ON t.oid = w.type
            ORDER BY w.place
            """, [Self.array(types.map { Int($0.oid) }), Self.array(types.map { Int($0.modifier) })])
        _ = try connection.query("SELECT set_config('search_path', $1, true)", [path])
        return try types.enumerated().map { index, type in
            make(oid: type.oid, modifier: type.modifier, formatted: answer.string(index, 0), isArray: answer.flag(index, 1),
                labels: try answer.strings(index, 2))
        }
    }

    /// A column for queries over `pg_type t`: an enum's values in order, `[]` for every other type.
    static let labels = """
        coalesce((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]')
        """

    static func make(oid: UInt32, modifier: Int32, formatted: String, isArray: Bool, labels: [String]) -> PostgresType {
        let known = PostgresType(oid: oid, modifier: modifier)
        guard known.kind == .other else { return known }
        guard isArray, formatted.hasSuffix("[]") else { return PostgresType(otherNamed: formatted, labels: labels.isEmpty ? nil : labels) }
        return PostgresType(otherNamed: String(formatted.dropLast(2)), isArray: true)
    }

    /// An array of numbers as PostgreSQL reads it.
    static func array(_ numbers: [Int]) -> String { "{" + numbers.map(String.init).joined(separator: ",") + "}" }
}
