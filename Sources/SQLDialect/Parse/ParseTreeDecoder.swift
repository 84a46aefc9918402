internal import FeatureModel

/// Decodes the JSON that libpg_query writes into the arrays of a ``ParseTree``, in one pass.
///
/// A field that may hold any kind of node holds `{"Kind":{…}}`; a field of one fixed kind holds that kind's fields alone
/// (`"typeName":{"names":…}`). Kinds begin with a capital letter and fields with a small one, which tells the two apart.
struct ParseTreeDecoder {
    private var json: JSONScanner
    private let sql: String
    private let maximumDepth: Int
    private var depth = 0
    private var deepest = 0
    private var nodes: [ParseTree.NodeRecord] = []
    private var fields: [ParseTree.FieldRecord] = []
    private var links: [Int32] = []
    private var otherKinds: [Int: String] = [:]

    init(json: UnsafeBufferPointer<UInt8>, sql: String, maximumDepth: Int) {
        self.json = JSONScanner(json)
        self.sql = sql
        self.maximumDepth = maximumDepth
        nodes.reserveCapacity(json.count / 48)
        fields.reserveCapacity(json.count / 24)
    }

    mutating func decode() throws(SQLDialectError) -> ParseTree {
        var roots = 0..<0
        try json.expect("{")
        repeat {
            let name = try json.string()
            try json.expect(":")
            if name == "stmts" {
                guard case .list(let start, let count) = try value(of: name, in: .empty, parent: -1) else { throw json.unexpected }
                roots = Int(start)..<Int(start + count)
            } else {
                _ = try json.integer()
            }
        } while json.take(",")
        try json.expect("}")
        return ParseTree(text: sql, depth: deepest, nodes: nodes, fields: fields, links: links, otherKinds: otherKinds, roots: roots)
    }

    private mutating func value(of field: String, in owner: NodeKind, parent: Int32) throws(SQLDialectError) -> ParseTree.FieldValue {
        switch json.peek {
        case UInt8(ascii: "{"):
            if owner == .constant { return try literal(field) }
            return .node(try node(field: field, owner: owner, parent: parent))
        case UInt8(ascii: "["):
            var items: [Int32] = []
            try json.expect("[")
            if !json.take("]") {
                repeat { items.append(try node(field: field, owner: owner, parent: parent)) } while json.take(",")
                try json.expect("]")
            }
            let start = Int32(links.count)
            links.append(contentsOf: items)
            return .list(start: start, count: Int32(items.count))
        case UInt8(ascii: "\""): return .string(try json.string())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try json.bool())
        default: return .int(try json.integer())
        }
    }

    private mutating func node(field: String, owner: NodeKind, parent: Int32) throws(SQLDialectError) -> Int32 {
        depth += 1
        defer { depth -= 1 }
        guard depth <= maximumDepth else { throw tooDeep }
        deepest = max(deepest, depth)
        try json.expect("{")
        let index = nodes.count
        if json.take("}") {
            // Either a null pointer or a node of a fixed kind all of whose fields have their defaults.
            let kind = Self.fixedKind(of: field, in: owner).flatMap(NodeKind.init) ?? .empty
            nodes.append(ParseTree.NodeRecord(kind: kind, parent: parent, end: Int32(index + 1)))
            return Int32(index)
        }
        let isWrapped = json.nameBeginsWithCapital
        let name: String
        if isWrapped {
            name = try json.string()
            try json.expect(":")
            try json.expect("{")
        } else {
            name = Self.fixedKind(of: field, in: owner) ?? field
        }
        let kind = NodeKind(rawValue: name) ?? .other
        if kind == .other { otherKinds[index] = name }
        nodes.append(ParseTree.NodeRecord(kind: kind, parent: parent))
        try members(of: index, kind: kind)
        if isWrapped { try json.expect("}") }
        nodes[index].end = Int32(nodes.count)
        return Int32(index)
    }

    private mutating func members(of index: Int, kind: NodeKind) throws(SQLDialectError) {
        if json.take("}") { return }
        var own: [ParseTree.FieldRecord] = []
        // PostgreSQL leaves the default out, and 0 is the default: only a WITH can stand at the very beginning of a text.
        if kind == .withClause { nodes[index].location = 0 }
        repeat {
            let name = try json.string()
            try json.expect(":")
            let value = try value(of: name, in: kind, parent: Int32(index))
            if name == "location", case .int(let offset) = value {
                nodes[index].location = Int32(clamping: offset)
            } else {
                own.append(ParseTree.FieldRecord(name: name, value: value))
            }
        } while json.take(",")
        try json.expect("}")
        if kind == .constant { try restoreSign(&own, location: Int(nodes[index].location)) }
        let start = Int32(fields.count)
        fields.append(contentsOf: own)
        nodes[index].fields = start..<Int32(fields.count)
    }

    /// `"ival":{"ival":5}`, and `{}` for 0 and false: the value is made a field of the `A_Const` itself.
    private mutating func literal(_ field: String) throws(SQLDialectError) -> ParseTree.FieldValue {
        try json.expect("{")
        if json.take("}") { return field == "boolval" ? .bool(false) : field == "ival" ? .int(0) : .string("") }
        _ = try json.string()
        try json.expect(":")
        let value = try value(of: field, in: .empty, parent: -1)
        try json.expect("}")
        return value
    }

    /// libpg_query 15 leaves negative integers out of its JSON as if they were 0, so the number is read from the text again.
    private func restoreSign(_ own: inout [ParseTree.FieldRecord], location: Int) throws(SQLDialectError) {
        guard let at = own.firstIndex(where: { $0.name == "ival" }), case .int(0) = own[at].value, SignedLiteral.isSigned(in: sql, at: location)
        else { return }
        guard let number = SignedLiteral.read(from: sql, at: location) else {
            throw SQLDialectError(
                .internal, "the sign of a number cannot be read", at: location, in: sql, hint: "write the number without comments inside")
        }
        own[at] = ParseTree.FieldRecord(name: "ival", value: .int(number))
    }

    private var tooDeep: SQLDialectError {
        SQLDialectError(
            .tooDeep, "the SQL text nests more than \(maximumDepth) levels deep", at: json.nextLocation, in: sql,
            hint: "shorten the chain of operators or unions, or use WITH to give its parts a name")
    }

    /// The kind of a field whose kind is fixed; a name that is missing here becomes an unknown kind, which is refused.
    private static func fixedKind(of field: String, in owner: NodeKind) -> String? {
        switch field {
        case "stmts": "RawStmt"
        case "larg", "rarg": owner == .selectStmt ? "SelectStmt" : nil
        case "typeName": "TypeName"
        case "over": "WindowDef"
        case "alias", "join_using_alias": "Alias"
        case "withClause": "WithClause"
        case "intoClause", "into": "IntoClause"
        case "rel", "relation": "RangeVar"
        case "collClause": "CollateClause"
        case "search_clause": "CTESearchClause"
        case "cycle_clause": "CTECycleClause"
        default: nil
        }
    }
}
