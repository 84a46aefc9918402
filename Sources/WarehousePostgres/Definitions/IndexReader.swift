import Warehouse

/// Which columns of a relation are keys, and which begin an index.
struct IndexReader {
    struct Keys {
        var primary: [String] = []
        var unique: [[String]] = []
        var others: [[String]] = []
    }

    /// `relations`: an array of OIDs as PostgreSQL reads it. By OID.
    static func read(_ relations: String, _ connection: PostgresConnection) throws -> [Int: Keys] {
        // An expression in an index has the column number 0 and ends the list of plain columns.
        let answer = try connection.query(
            """
            SELECT i.indrelid, i.indisprimary, i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL,
                   (SELECT to_json(array_agg(a.attname ORDER BY u.place)) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS u (number, place)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
                    WHERE u.place <= i.indnkeyatts AND u.place < coalesce(array_position(i.indkey::int2[], 0::int2) + 1, 1000))
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = ANY ($1::oid[]) AND i.indisvalid AND i.indislive AND (i.indpred IS NULL OR i.indisprimary)
            ORDER BY i.indrelid, c.relname
            """, [relations])
        var keys: [Int: Keys] = [:]
        for row in 0..<answer.rowCount {
            let oid = try answer.integer(row, 0), columns = try answer.strings(row, 3)
            if answer.flag(row, 1) {
                keys[oid, default: Keys()].primary = columns
            } else if answer.flag(row, 2) {
                keys[oid, default: Keys()].unique.append(columns)
            } else if !columns.isEmpty {
                keys[oid, default: Keys()].others.append(columns)
            }
        }
        return keys
    }
}
