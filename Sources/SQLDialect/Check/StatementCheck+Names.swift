extension StatementCheck {
    mutating func function(_ call: Node) throws(SQLDialectError) {
        let parts = call.strings("funcname")
        let name = parts.last ?? ""
        let written = parts.joined(separator: ".")
        guard parts.count <= 2 else {
            return try refuse(.functionNotPermitted, "function \(written)", at: call.location, hint: "write schema.function; there is one database")
        }
        switch policy.verdict(schema: parts.count == 2 ? parts[0] : nil, name: name) {
        case .permitted: break
        case .trainingOnly:
            note(
                "function \(written)", at: call.location,
                hint: "its answer is not settled by the rows that are read: the query is saved for training alone")
        case .refused: try refuseFunction(written, name: name, at: call.location)
        }
    }

    private func refuseFunction(_ written: String, name: String, at offset: Int?) throws(SQLDialectError) {
        let hint = policy.nearest(to: name).map { "did you mean \($0)?" } ?? "the platform can permit functions of the warehouse by name"
        try refuse(.functionNotPermitted, "function \(written)", at: offset, hint: hint)
    }

    /// `current_date` and the like, which are written without parentheses.
    func sqlValue(_ node: Node) throws(SQLDialectError) {
        switch node.string("op") ?? "" {
        case "SVFOP_CURRENT_DATE", "SVFOP_CURRENT_TIME", "SVFOP_CURRENT_TIME_N", "SVFOP_CURRENT_TIMESTAMP", "SVFOP_CURRENT_TIMESTAMP_N",
            "SVFOP_LOCALTIME", "SVFOP_LOCALTIME_N", "SVFOP_LOCALTIMESTAMP", "SVFOP_LOCALTIMESTAMP_N":
            break
        case let name:
            let written = name.hasPrefix("SVFOP_") ? name.dropFirst(6).lowercased() : name
            try refuse(.functionNotPermitted, "\(written)", at: node.location, hint: "who is connected is no property of the data")
        }
    }

    mutating func column(_ reference: Node) throws(SQLDialectError) {
        let parts = reference.strings("fields")
        guard let name = parts.last else { return }
        if Self.systemColumns.contains(name) {
            try refuse(
                .columnNotPermitted, "the system column \(name)", at: reference.location,
                hint: "system columns change when a row is moved; give a column of your own another name than \(name)")
        }
        guard parts.count > 1, reference.list("fields").last?.kind == .string else { return }
        if AttributeNotation.refused.contains(name) || parts.count == 2 && isRefused(name) && rangeNames.mayCall(name, of: parts[0], at: reference) {
            try refuse(
                .functionNotPermitted, "\(parts.joined(separator: ".")), which may call function \(name),", at: reference.location,
                hint: "give the column another name with AS, or write it without its table")
        }
    }

    /// `(x).f`: a field where `x` is a row, and a call `f(x)` otherwise.
    func indirection(_ node: Node) throws(SQLDialectError) {
        for part in node.list("indirection") where part.kind == .string {
            let name = part.string("sval") ?? ""
            if Self.systemColumns.contains(name) {
                try refuse(.columnNotPermitted, "the system column \(name)", at: node.nearestLocation, hint: "select columns of the table")
            }
            if AttributeNotation.isFieldOfBuiltIn(name) || !isRefused(name) { continue }
            try refuse(
                .functionNotPermitted, "(…).\(name), which may call function \(name),", at: node.nearestLocation,
                hint: "expand the row with (…).* in a subquery under FROM and select '\(name)' from it")
        }
    }

    private func isRefused(_ name: String) -> Bool { !PermittedFunctions.all.contains(name) }

    private static let systemColumns: Set<String> = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"]

    func type(_ type: Node) throws(SQLDialectError) {
        let parts = type.strings("names")
        guard let name = parts.last else { return }
        let schema = parts.count > 1 ? parts[parts.count - 2] : nil
        let isBuiltIn = schema == nil || schema == "pg_catalog"
        // An array's own type name begins with an underscore.
        let element = String(name.drop { $0 == "_" })
        let isSystem = isBuiltIn ? element.hasPrefix("pg_") || Self.refusedTypes.contains(element) : Self.isSystemSchema(schema ?? "")
        if isSystem || parts.count > 2 || type.bool("setof") || type.bool("pct_type") {
            try refuse(
                .typeNotPermitted, "the type \(parts.joined(separator: "."))", at: type.nearestLocation,
                hint: "use a type of values, e.g. text or bigint")
        }
    }

    /// Types that reach the catalog or the server's insides, and pseudo-types. `regconfig` names a language of text search and stays.
    private static let refusedTypes: Set<String> = [
        "regclass", "regcollation", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc", "regprocedure", "regrole", "regtype", "oid",
        "oidvector", "xid", "xid8", "cid", "tid", "txid_snapshot", "refcursor", "aclitem", "xml", "gtsvector", "int2vector", "cstring", "internal",
        "trigger", "event_trigger", "void", "language_handler", "fdw_handler", "index_am_handler", "table_am_handler", "tsm_handler",
    ]
}
