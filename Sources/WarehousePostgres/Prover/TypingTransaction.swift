import FeatureModel
import Warehouse

/// Lays statements over copies of their tables' definitions, and reads what PostgreSQL made of each. The caller's transaction is
/// left rolled back.
struct TypingTransaction {
    let connection: PostgresConnection
    let tables: [TableDefinition]
    let environment: WarehouseEnvironment

    /// A statement as a view, in the session's temporary schema.
    private static let view = "pg_temp.featurestore_statement"

    /// Answers, in order, what each statement is or why it was refused; throws what concerns all of them.
    func run(_ statements: [String]) throws -> [Result<TypedStatement, any Error>] {
        try connection.pin(environment)
        try DefinitionCopies(connection: connection, tables: tables).make()
        let answers = try statements.map(answer)
        // The pool ends every transaction with COMMIT; in the new one there is nothing.
        try connection.execute("ROLLBACK; BEGIN")
        return answers
    }

    private func answer(_ sql: String) throws -> Result<TypedStatement, any Error> {
        try connection.execute("SAVEPOINT statement")
        let answer = Result { try typed(sql) }
        if case .failure(let failure as StatementFailure) = answer, failure.connectionIsLost || connection.cancelHandle.wasUsed { throw failure }
        try connection.execute("ROLLBACK TO SAVEPOINT statement")
        return answer
    }

    private func typed(_ sql: String) throws -> TypedStatement {
        try layView(sql)
        try connection.execute("SET LOCAL search_path = ''")
        let reading = CanonicalForm(connection: connection, statement: Self.view)
        let views = try reading.views()
        return TypedStatement(canonicalSQL: try reading.text(), canonicalViews: views, columns: try reading.columns(), functions: try reading.functions())
    }

    private func layView(_ sql: String) throws {
        let prefix = "CREATE TEMPORARY VIEW featurestore_statement AS\n"
        do {
            _ = try connection.query(prefix + sql, origin: StatementOrigin(text: sql, prefix: prefix))
        } catch let failure as StatementFailure where failure.complaint?.sqlstate == "42701" {
            let error = failure.error
            throw WarehouseError(
                .statementRefused, error.message, reason: error.reason, hint: "Give each output column a name of its own with AS.",
                position: error.position, sqlstate: error.sqlstate)
        }
    }
}

extension PostgresConnection {
    /// The rest of the transaction sees names and times as the warehouse's sessions do.
    func pin(_ environment: WarehouseEnvironment) throws {
        let path = environment.searchPath.map(SQLName.quoted).joined(separator: ", ")
        _ = try query("SELECT set_config('timezone', $1, true), set_config('search_path', $2, true)", [environment.timeZone, path])
    }
}
