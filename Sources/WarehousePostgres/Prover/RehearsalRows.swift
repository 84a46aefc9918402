import FeatureModel
import Warehouse

/// Puts rows into a table, leaving out those that its types or constraints refuse.
struct RehearsalRows {
    let connection: PostgresConnection
    let rows: TableRows

    /// Answers the places of the rows that are in.
    func insert() throws -> [Int] {
        guard !rows.rows.isEmpty else { return [] }
        let places = Array(rows.rows.indices)
        // One statement for all, if nothing stands against it; else row by row.
        if let count = try attempt(places), count == places.count { return places }
        return try places.filter { try attempt([$0]) == 1 }
    }

    /// How many were inserted; nil, and none, if one of them was refused or left out where there are several.
    private func attempt(_ places: [Int]) throws -> Int? {
        let values = places.map { place in "(" + rows.rows[place].map { $0.map(SQLLiteral.quoted) ?? "NULL" }.joined(separator: ", ") + ")" }
        try connection.execute("SAVEPOINT some_rows")
        do {
            let sql = "INSERT INTO \(SQLName.quoted(rows.table)) (\(SQLName.list(rows.columns))) VALUES \(values.joined(separator: ", "))"
                + " ON CONFLICT DO NOTHING RETURNING 1"
            let count = try connection.query(sql).rowCount
            if count == places.count || places.count == 1 {
                try connection.execute("RELEASE SAVEPOINT some_rows")
                return count
            }
        } catch let failure as StatementFailure where !failure.connectionIsLost && !connection.cancelHandle.wasUsed {
            guard let sqlstate = failure.complaint?.sqlstate, ["22", "23", "54"].contains(sqlstate.prefix(2)) else { throw failure }
        }
        try connection.execute("ROLLBACK TO SAVEPOINT some_rows; RELEASE SAVEPOINT some_rows")
        return nil
    }
}

/// Constants in statements that this room writes for PostgreSQL.
enum SQLLiteral {
    /// Under `standard_conforming_strings`, to which sessions are pinned by PostgreSQL's default.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''").replacing("\0", with: "") + "'" }
}
