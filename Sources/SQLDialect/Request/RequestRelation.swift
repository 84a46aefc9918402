public import FeatureModel

/// The relation `request`: one row of values that come with the call, which a query declares with its types.
///
/// The query's text is never edited: PostgreSQL runs it inside a statement whose WITH says what `request` is. The realtime store gets the
/// values as parameters.
public struct RequestRelation: Sendable, Hashable {
    /// What the query calls it.
    public static let name = "request"
    /// The session's setting that holds the rows of a training call, as JSON.
    public static let setting = "featurestore.request"
    /// Never empty, names all different.
    public let columns: [RequestColumn]

    public init(_ columns: [RequestColumn]) {
        precondition(!columns.isEmpty, "a request has columns")
        self.columns = columns
    }

    // MARK: For PostgreSQL

    /// The statement for typing and describing: every value is null.
    public func typed(_ statement: String) -> String {
        Self.open(columns.map { "CAST(NULL AS \($0.type)) AS \(SQLiteNames.quoted($0.name))" }) + statement + Self.close
    }

    /// The statement for one row of constants, as PostgreSQL's input functions read them; nil is NULL. For the prover alone.
    public func filled(_ statement: String, _ row: [String?]) -> String {
        let values = zip(columns, row).map { column, value in
            let constant = value.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL"
            return "CAST(\(constant) AS \(column.type)) AS \(SQLiteNames.quoted(column.name))"
        }
        return Self.open(values) + statement + Self.close
    }

    /// The statement once for each row in ``setting``: the rows of the first, then those of the second.
    public func repeated(_ statement: String) -> String {
        let definition = columns.map { "\(SQLiteNames.quoted($0.name)) \($0.type)" }.joined(separator: ", ")
        return """
            SELECT "answer".* FROM pg_catalog.json_to_recordset(pg_catalog.current_setting('\(Self.setting)')::pg_catalog.json) AS "given"(\(definition)) \
            CROSS JOIN LATERAL (\(Self.open(["\"given\".*"]))\(statement)\(Self.close)) AS "answer"
            """
    }

    /// On a line of its own, so that positions in the statement are found again.
    private static func open(_ values: [String]) -> String {
        "WITH \"\(name)\" AS (SELECT \(values.joined(separator: ", "))) SELECT * FROM (\n"
    }

    private static let close = "\n) AS \"query\""

    /// A place in ``typed(_:)``, in the statement; nil if it is in what stands around it.
    public func position(in statement: String, of outer: SourcePosition) -> SourcePosition? {
        statement.place(of: outer, behind: Self.open(columns.map { "CAST(NULL AS \($0.type)) AS \(SQLiteNames.quoted($0.name))" }))
    }

    // MARK: For the id

    /// What comes behind the query's own canonical form: names, types and order count.
    public var canonicalForm: [UInt8] {
        var form = Array("\u{0}request".utf8)
        for column in columns {
            for part in [column.name, column.type.description] { form += Array("\u{0}\(part.utf8.count):\(part)".utf8) }
        }
        return form
    }
}
