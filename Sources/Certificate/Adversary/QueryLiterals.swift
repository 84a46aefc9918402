internal import FeatureModel
internal import SQLDialect

/// The constants of a query in PostgreSQL's canonical form, and the columns that each stands beside.
struct QueryLiterals: Sendable {
    /// Names of columns that the query or a view under it mentions, whatever their table.
    private(set) var columns: Set<String> = []
    /// Names of columns that group rows: of PARTITION BY, GROUP BY, DISTINCT ON, USING, and those that are compared with another column.
    private(set) var grouping: Set<String> = []
    /// Constants by the column they are compared or combined with.
    private(set) var beside: [String: [Constant]] = [:]
    private(set) var all: [Constant] = []
    /// The constants of LIMIT and OFFSET.
    private(set) var limits: [Int] = []
    /// By column, the members of documents that are asked for: the way to it, and the type that it is cast to.
    private(set) var paths: [String: Set<DocumentPath>] = [:]
    /// Texts of constants of type interval.
    private(set) var intervals: [String] = []

    enum Constant: Hashable, Sendable {
        /// Digits as written.
        case number(String)
        /// A quoted constant, whatever its type.
        case text(String)
    }

    /// `column -> 'a' ->> 'b'`, cast to a type or not.
    struct DocumentPath: Hashable, Sendable, Comparable {
        let keys: [String]
        let type: String?

        static func < (left: Self, right: Self) -> Bool { (left.keys.joined(separator: "."), left.type ?? "") < (right.keys.joined(separator: "."), right.type ?? "") }
    }

    /// Throws if a text cannot be parsed, which is a defect of whoever made it.
    init(_ texts: [String]) throws(SQLDialectError) {
        for text in texts {
            let tree = try ParseTree.parse(text, limits: .canonical)
            for node in tree.allNodes { add(node) }
        }
        for key in beside.keys { beside[key] = Self.unique(beside[key]!) }
        all = Self.unique(all)
        intervals = Array(Set(intervals)).sorted()
    }

    private mutating func add(_ node: Node) {
        switch node.kind {
        case .columnRef: if let name = node.strings("fields").last { columns.insert(name) }
        case .joinExpr:
            columns.formUnion(node.strings("usingClause"))
            grouping.formUnion(node.strings("usingClause"))
        case .windowDef: grouping.formUnion(node.list("partitionClause").flatMap(Self.names))
        case .selectStmt:
            for count in [node["limitCount"], node["limitOffset"]].compactMap(\.self) {
                // `LIMIT 40` comes as `'40'::bigint`.
                limits += ([count] + Array(count.descendants)).compactMap { node in
                    switch Self.constant(node) {
                    case .number(let digits), .text(let digits): Int(digits)
                    case nil: nil
                    }
                }
            }
            grouping.formUnion((Array(node.list("groupClause")) + Array(node.list("distinctClause"))).flatMap(Self.names))
        case .constant: if let constant = Self.constant(node) { all.append(constant) }
        case .typeCast:
            if node["typeName"]?.strings("names").last == "interval", case .string(let text)? = node["arg"]?.constant { intervals.append(text) }
        case .expression, .functionCall, .caseExpr:
            associate(node)
            addPath(node)
            if node.kind == .expression, node.strings("name").last == "=", let left = node["lexpr"], let right = node["rexpr"], left.kind == .columnRef,
                right.kind == .columnRef
            { grouping.formUnion(Self.names(left) + Self.names(right)) }
        default: break
        }
    }

    /// The way through a document that ends with this operator, unless it goes on.
    private mutating func addPath(_ node: Node) {
        func isStep(_ node: Node?) -> Bool { node?.kind == .expression && ["->", "->>"].contains(node?.strings("name").last ?? "") }
        guard isStep(node), !isStep(node.parent) else { return }
        var keys: [String] = [], at = node
        while isStep(at), let left = at["lexpr"], let right = at["rexpr"] {
            guard case .string(let key)? = ([right] + Array(right.descendants)).lazy.compactMap(\.constant).first else { return }
            keys.insert(key, at: 0)
            at = left
        }
        guard at.kind == .columnRef, let column = at.strings("fields").last else { return }
        let cast = node.parent?.kind == .typeCast ? node.parent?["typeName"]?.strings("names").last : nil
        paths[column, default: []].insert(DocumentPath(keys: keys, type: cast))
    }

    /// Names of the columns in it.
    private static func names(_ node: Node) -> [String] {
        ([node] + Array(node.descendants)).compactMap { $0.kind == .columnRef ? $0.strings("fields").last : nil }
    }

    private mutating func associate(_ node: Node) {
        let below = node.descendants
        let names = Set(below.compactMap { $0.kind == .columnRef ? $0.strings("fields").last : nil })
        guard !names.isEmpty else { return }
        let constants = below.compactMap(Self.constant)
        for name in names { beside[name, default: []] += constants }
    }

    private static func constant(_ node: Node) -> Constant? {
        switch node.constant {
        case .int(let number): .number(String(number))
        case .decimal(let digits): .number(digits)
        case .string(let text): .text(text)
        case .bool, .bits, .null, nil: nil
        }
    }

    private static func unique(_ constants: [Constant]) -> [Constant] {
        var seen: Set<Constant> = []
        return constants.filter { seen.insert($0).inserted }
    }
}
