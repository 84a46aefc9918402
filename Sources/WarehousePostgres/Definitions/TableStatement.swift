import FeatureModel

/// CREATE TABLE as the prover and the writer need it.
enum TableStatement {
    /// - Parameter ifAbsent: whether an existing table of the name is left as it is.
    static func create(_ table: TableDefinition, ifAbsent: Bool = false) -> String {
        var parts = table.columns.map { column in
            let collation = column.collation.map { " COLLATE \(SQLName.quoted($0))" } ?? ""
            return SQLName.quoted(column.name) + " " + typeName(column.type) + collation + (column.isNullable ? "" : " NOT NULL")
        }
        if !table.primaryKey.isEmpty { parts.append("PRIMARY KEY (\(SQLName.list(table.primaryKey)))") }
        parts += table.uniqueKeys.map { "UNIQUE (\(SQLName.list($0)))" }
        return "CREATE TABLE \(ifAbsent ? "IF NOT EXISTS " : "")\(SQLName.quoted(table.name)) (\(parts.joined(separator: ", ")))"
    }

    /// The type as a column definition takes it: `format_type`'s form, except that an interval's fields are written too.
    static func typeName(_ type: PostgresType) -> String {
        guard type.kind == .interval, type.modifier >= 0 else { return type.description }
        let precision = type.modifier & 0xffff == 0xffff ? "" : "(\(type.modifier & 0xffff))"
        // Bits as PostgreSQL numbers the fields: month 1, year 2, day 3, hour 10, minute 11, second 12.
        let fields: [Int32: String] = [
            1 << 2: "year", 1 << 1: "month", 1 << 3: "day", 1 << 10: "hour", 1 << 11: "minute", 1 << 12: "second",
            1 << 2 | 1 << 1: "year to month", 1 << 3 | 1 << 10: "day to hour", 1 << 3 | 1 << 10 | 1 << 11: "day to minute",
            1 << 3 | 1 << 10 | 1 << 11 | 1 << 12: "day to second", 1 << 10 | 1 << 11: "hour to minute",
            1 << 10 | 1 << 11 | 1 << 12: "hour to second", 1 << 11 | 1 << 12: "minute to second",
        ]
        let name = fields[type.modifier >> 16 & 0x7fff].map { "interval \($0)" } ?? "interval"
        return name + precision + (type.isArray ? "[]" : "")
    }
}
