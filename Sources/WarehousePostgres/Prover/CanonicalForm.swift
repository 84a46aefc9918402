import FeatureModel
import Warehouse

/// Reads what PostgreSQL's analysis wrote down about a view and about the views under it. Expects an empty search path, under
/// which every name is printed with its schema.
struct CanonicalForm {
    let connection: PostgresConnection
    /// The view, as an SQL name.
    let statement: String

    /// The rules of the statement and of all views it reads, directly or through others.
    private static let rules = """
        WITH RECURSIVE reached (oid) AS (
            SELECT $1::regclass::oid
            UNION
            SELECT d.refobjid FROM reached r
            JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename = '_RETURN'
            JOIN pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
                AND d.refclassid = 'pg_catalog.pg_class'::regclass
            JOIN pg_class v ON v.oid = d.refobjid AND v.relkind = 'v')

        """

    func text() throws -> String {
        Self.trimmed(try connection.prepared("SELECT pg_get_viewdef($1::regclass)", [statement]).string(0, 0))
    }

    func views() throws -> [TableName: String] {
        let answer = try connection.prepared(
            Self.rules + """
                SELECT n.nspname, c.relname, pg_get_viewdef(c.oid) FROM reached JOIN pg_class c USING (oid)
                JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid <> $1::regclass
                """, [statement])
        var views: [TableName: String] = [:]
        for row in 0..<answer.rowCount {
            views[TableName(schema: answer.string(row, 0), name: answer.string(row, 1))] = Self.trimmed(answer.string(row, 2))
        }
        return views
    }

    func columns() throws -> [OutputColumn] {
        let answer = try connection.prepared(
            """
            SELECT a.attname, a.atttypid, a.atttypmod, format_type(a.atttypid, a.atttypmod), t.typcategory = 'A', \(TypeNames.labels)
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = $1::regclass AND a.attnum > 0 ORDER BY a.attnum
            """, [statement])
        return try (0..<answer.rowCount).map { row in
            guard let oid = UInt32(answer.string(row, 1)), let modifier = Int32(answer.string(row, 2)) else {
                throw WarehouseError(.unexpected, "The catalog's description of a column cannot be read.")
            }
            let type = TypeNames.make(
                oid: oid, modifier: modifier, formatted: answer.string(row, 3), isArray: answer.flag(row, 4), labels: try answer.strings(row, 5))
            return OutputColumn(name: answer.string(row, 0), type: type)
        }
    }

    /// The functions behind calls, operators, aggregates, window functions, casts and sampling methods, from the stored trees.
    /// A field's name stands after a colon and its number after a plain space, which inside a string would be escaped.
    func functions() throws -> [FunctionSignature] {
        let answer = try connection.prepared(
            Self.rules + """
                , trees AS (SELECT w.ev_action::text AS tree FROM reached JOIN pg_rewrite w ON w.ev_class = reached.oid AND w.rulename = '_RETURN'),
                called AS (
                    SELECT m[2]::oid AS oid FROM trees, regexp_matches(tree, ':(funcid|opfuncid|aggfnoid|winfnoid|tsmhandler) (\\d+)', 'g') AS m
                    UNION
                    SELECT o.oprcode::oid FROM trees, regexp_matches(tree, ':opno (\\d+)', 'g') AS m JOIN pg_operator o ON o.oid = m[1]::oid
                    UNION
                    SELECT o.oprcode::oid FROM trees, regexp_matches(tree, ':opnos \\(o ([\\d ]+)\\)', 'g') AS m,
                        unnest(string_to_array(trim(m[1]), ' ')) AS number JOIN pg_operator o ON o.oid = number::oid)
                SELECT n.nspname, p.proname, p.provolatile,
                       (SELECT to_json(array_agg(format_type(u.type, NULL) ORDER BY u.place))
                        FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u (type, place))
                FROM called JOIN pg_proc p ON p.oid = called.oid JOIN pg_namespace n ON n.oid = p.pronamespace ORDER BY 1, 2, p.oid
                """, [statement])
        return try (0..<answer.rowCount).map { row in
            guard let volatility = FunctionSignature.Volatility(rawValue: answer.string(row, 2)) else {
                throw WarehouseError(.unexpected, "The catalog's description of function \(answer.string(row, 1)) cannot be read.")
            }
            return FunctionSignature(
                schema: answer.string(row, 0), name: answer.string(row, 1), arguments: try answer.strings(row, 3), volatility: volatility)
        }
    }

    private static func trimmed(_ definition: String) -> String {
        var text = definition[...]
        while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
