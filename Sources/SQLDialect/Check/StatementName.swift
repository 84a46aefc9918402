/// What SQL calls a statement, from the name of its node.
enum StatementName {
    static func of(_ node: Node) -> String {
        let kind = node.kindName
        if let special = special[kind] { return special }
        let name = kind.hasSuffix("Stmt") ? String(kind.dropLast(4)) : kind
        return name.reduce(into: "") { words, letter in
            if letter.isUppercase, !words.isEmpty { words.append(" ") }
            words.append(letter.uppercased())
        }
    }

    private static let special = [
        "VariableSetStmt": "SET", "VariableShowStmt": "SHOW", "CreatedbStmt": "CREATE DATABASE", "DropdbStmt": "DROP DATABASE",
        "TransactionStmt": "a transaction command", "DefineStmt": "CREATE", "RenameStmt": "ALTER … RENAME", "ClosePortalStmt": "CLOSE",
        "DeclareCursorStmt": "DECLARE CURSOR", "CreatePLangStmt": "CREATE LANGUAGE", "CreateTrigStmt": "CREATE TRIGGER", "IndexStmt": "CREATE INDEX",
        "ViewStmt": "CREATE VIEW", "RuleStmt": "CREATE RULE", "CreateStmt": "CREATE TABLE", "CreateSeqStmt": "CREATE SEQUENCE",
        "CreateTableAsStmt": "CREATE TABLE AS", "RefreshMatViewStmt": "REFRESH MATERIALIZED VIEW", "SecLabelStmt": "SECURITY LABEL",
        "CompositeTypeStmt": "CREATE TYPE", "GrantRoleStmt": "GRANT", "PLAssignStmt": "an assignment", "CheckPointStmt": "CHECKPOINT",
    ]
}
