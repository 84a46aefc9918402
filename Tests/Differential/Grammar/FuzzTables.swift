import Certificate

/// Three small random tables: `users` by id, `events` of users (some of nobody), and `prices`, a reference without a key.
public struct FuzzTables: Sendable {
    struct Column: Sendable {
        let name: String
        let type: FuzzType
        let declaration: String
    }

    struct Table: Sendable {
        let name: String
        let columns: [Column]
        /// Columns that no two rows share, and that hold no NULL.
        let unique: String?
    }

    let tables: [Table]
    /// What psql runs to make and fill them.
    public let setup: String

    /// The type of a column beyond those that every set of tables has.
    private static let more: [(Int, FuzzType)] = [
        (3, .int4), (2, .int8), (3, .numeric), (2, .float8), (2, .bool), (3, .text), (2, .date), (2, .timestamp), (2, .timestamptz), (2, .int2),
        (1, .float4),
        (2, .bpchar), (1, .time), (2, .uuid), (2, .mood), (1, .json), (2, .jsonb), (2, .texts), (2, .ints), (1, .longs),
    ]

    public init(seed: Int) {
        var random = Randomness(seed, stream: 1)
        var tables: [Table] = [], statements = ["CREATE TYPE mood AS ENUM (\(FuzzValues.moods.map { "'\($0)'" }.joined(separator: ", ")));"]
        for (number, name) in ["users", "events", "prices"].enumerated() {
            let key = number == 2 ? nil : "id"
            var columns = [Column(name: key ?? "code", type: .int4, declaration: "int4")]
            if number == 1 { columns.append(Column(name: "user_id", type: .int4, declaration: "int4")) }
            // Every common type is in some table; the rest is chance.
            let types: [FuzzType] =
                number == 0
                ? [.text, .numeric, .bool, .timestamp, .mood]
                : number == 1 ? [.timestamptz, .float8, .int8, .date, .mood] : [.text, .numeric, .mood]
            let more = (0..<random.int(2...6)).map { _ in random.weighted(Self.more) }
            for type in types + more {
                columns.append(Column(name: "c\(columns.count)", type: type, declaration: type.declaration(&random)))
            }
            tables.append(Table(name: name, columns: columns, unique: key))
            let declared = columns.map { "\($0.name) \($0.declaration)\($0.name == key ? " PRIMARY KEY" : "")" }.joined(separator: ", ")
            statements.append("CREATE TABLE \(name) (\(declared));")
            let count = random.weighted([(1, 0), (2, 3), (6, 12), (4, 25), (2, 60)])
            var rows = (0..<count).map { row in
                columns.map { column in
                    if column.name == key { return String(number == 0 ? row - 2 : row * 3) }
                    if random.chance(18) { return "NULL" }
                    if column.name == "user_id" || column.name == "code" { return String(random.int(-3...14)) }
                    return "'\(FuzzValues.value(column.type, &random, declared: column.declaration).replacing("'", with: "''"))'"
                }
            }
            // Whole rows repeated, where nothing forbids it.
            if key == nil, let first = rows.first { rows += [first, first] }
            if !rows.isEmpty {
                statements.append("INSERT INTO \(name) VALUES " + rows.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ",\n") + ";")
            }
        }
        self.tables = tables
        setup = statements.joined(separator: "\n") + "\nANALYZE;\n"
    }
}
