internal import FeatureModel

extension StatementCheck {
    /// Without an order LIMIT keeps whichever rows come first, which differs from run to run.
    mutating func limit(_ select: Node) {
        guard select.list("sortClause").isEmpty else { return }
        let isLimited = (select["limitCount"].map { $0.constant != .null } ?? false) || select["limitOffset"] != nil
        let construct = "LIMIT without ORDER BY"
        guard isLimited, !isAnyRowEnough(select), !trainingOnly.contains(where: { $0.construct == construct }) else { return }
        let words = select["limitCount"] != nil ? ["limit", "fetch"] : ["offset"]
        let start = (select["limitCount"] ?? select["limitOffset"])?.nearestLocation
        note(
            construct, at: lastOffset(of: words, before: start) ?? start,
            hint: "add ORDER BY over columns that tell every row apart, so that the same rows are kept each time")
    }

    /// `EXISTS (SELECT … LIMIT 1)` asks for a row, whichever it is.
    private func isAnyRowEnough(_ select: Node) -> Bool {
        guard select.parent?.kind == .subLink, select.parent?.string("subLinkType") == "EXISTS_SUBLINK", select["limitOffset"] == nil,
            case .int(let count)? = select["limitCount"]?.constant
        else { return false }
        return count > 0
    }

    private func lastOffset(of words: [String], before offset: Int?) -> Int? {
        guard let offset else { return nil }
        return SQLWords(tree.text).words.last { words.contains($0.text) && $0.offset < offset }?.offset
    }

    func commonTable(_ item: Node) throws(SQLDialectError) {
        guard let query = item["ctequery"], query.kind != .selectStmt else { return }
        try refuse(
            .statementNotPermitted, "\(StatementName.of(query)) in WITH", at: item.location,
            hint: "a query only reads: write a SELECT in '\(item.string("ctename") ?? "WITH")'")
    }

    func locking(_ clause: Node) throws(SQLDialectError) {
        let words: [String] =
            switch clause.string("strength") {
            case "LCS_FORKEYSHARE": ["for", "key", "share"]
            case "LCS_FORSHARE": ["for", "share"]
            case "LCS_FORNOKEYUPDATE": ["for", "no", "key", "update"]
            default: ["for", "update"]
            }
        let name = words.joined(separator: " ").uppercased()
        try refuse(.statementNotPermitted, name, at: offset(of: words, near: clause), hint: "leave \(name) out: a query locks no rows")
    }

    mutating func sample(_ sample: Node) throws(SQLDialectError) {
        let method = sample.strings("method")
        let name = method.last ?? ""
        guard ["system", "bernoulli"].contains(name), method.count == 1 || method.first == "pg_catalog" else {
            return try refuse(
                .functionNotPermitted, "the sampling method \(method.joined(separator: "."))", at: sample.nearestLocation,
                hint: "use TABLESAMPLE system or bernoulli")
        }
        note(
            "TABLESAMPLE", at: sample.location ?? sample.nearestLocation,
            hint: "a sample differs from run to run; the realtime store answers from every row")
    }

    func threeParts(_ relation: Node) throws(SQLDialectError) {
        guard relation.string("catalogname") != nil else { return }
        try refuse(.relationNotPermitted, "a name of three parts", at: relation.location, hint: "write schema.table; there is one database")
    }

    /// `a OPERATOR(schema.+) b`: an operator is a function.
    func operatorName(_ expression: Node, _ field: String) throws(SQLDialectError) {
        let name = expression.strings(field)
        guard name.count > 1, name.first != "pg_catalog" else { return }
        try refuse(
            .functionNotPermitted, "the operator \(name.joined(separator: "."))", at: expression.nearestLocation,
            hint: "use PostgreSQL's own operators")
    }
}
