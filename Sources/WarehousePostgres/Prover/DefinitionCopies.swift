import FeatureModel
import Warehouse

/// Makes empty relations from definitions: tables with their keys, which decide what GROUP BY may leave out, and views over them.
struct DefinitionCopies {
    let connection: PostgresConnection
    let tables: [TableDefinition]

    func make() throws {
        for schema in Set(tables.map(\.name.schema)).sorted() where schema != "public" {
            try attempt("schema \(schema)") { try connection.execute("CREATE SCHEMA \(SQLName.quoted(schema))") }
        }
        try makeEnums()
        for table in tables where table.kind != .view { try makeTable(table) }
        try makeViews()
    }

    /// Their names are as `format_type` writes them, schema and quotes included.
    private func makeEnums() throws {
        var made: Set<String> = []
        for type in tables.flatMap(\.columns).map(\.type) {
            guard let name = type.otherName, let labels = type.labels, made.insert(name).inserted else { continue }
            try attempt("type \(name)") {
                if let dot = name.firstIndex(of: "."), !name.hasPrefix("public.") { try connection.execute("CREATE SCHEMA IF NOT EXISTS \(name[..<dot])") }
                let list = labels.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
                try connection.execute("CREATE TYPE \(name) AS ENUM (\(list))")
            }
        }
    }

    private func makeTable(_ table: TableDefinition) throws {
        for column in table.columns where column.type.kind == .other && column.type.labels == nil {
            throw refusal(
                "Column \(table.name).\(column.name) is of type \(column.type), of which the prover has no copy.",
                hint: "Cast it to a built-in type in a view of the warehouse, or leave the table out.")
        }
        try attempt("table \(table.name)") { try connection.execute(TableStatement.create(table)) }
    }

    /// Views stand on each other in an order that only their texts know: each round makes those whose ground is laid.
    private func makeViews() throws {
        var waiting = tables.filter { $0.kind == .view }
        while !waiting.isEmpty {
            var refused: [(TableDefinition, StatementFailure)] = []
            for view in waiting {
                try connection.execute("SAVEPOINT view")
                do {
                    let columns = view.columns.isEmpty ? "" : " (\(SQLName.list(view.columns.map(\.name))))"
                    _ = try connection.query("CREATE VIEW \(SQLName.quoted(view.name))\(columns) AS\n\(view.viewSQL ?? "")")
                    try connection.execute("RELEASE SAVEPOINT view")
                } catch let failure as StatementFailure where !failure.connectionIsLost && failure.complaint?.isCancellation == false {
                    try connection.execute("ROLLBACK TO SAVEPOINT view")
                    refused.append((view, failure))
                }
            }
            if refused.count == waiting.count, let (view, failure) = refused.first { throw translated(failure, "view \(view.name)") }
            waiting = refused.map(\.0)
        }
    }

    private func attempt(_ what: String, _ body: () throws -> Void) throws {
        do { try body() } catch let failure as StatementFailure { throw translated(failure, what) }
    }

    private func translated(_ failure: StatementFailure, _ what: String) -> any Error {
        guard let complaint = failure.complaint, !failure.connectionIsLost, !complaint.isUnavailability, !complaint.isCancellation else {
            return failure
        }
        return refusal(
            "The prover cannot make a copy of the \(what): \(complaint.message)",
            hint: "It uses a type, collation, function or extension that a plain PostgreSQL does not have.", sqlstate: complaint.sqlstate)
    }

    private func refusal(_ message: String, hint: String, sqlstate: String? = nil) -> WarehouseError {
        WarehouseError(.statementRefused, message, hint: hint, sqlstate: sqlstate)
    }
}
