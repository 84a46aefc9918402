/// What stands under FROM for a name before a dot.
///
/// Where that is a function that gives plain values, its name stands for the value, and `name.f` is a call `f(value)` if there is no
/// column `f`.
struct RangeNames {
    /// By SELECT, made when first asked for.
    private var items: [Node: [String: [Node]]] = [:]
    /// A tree without functions under FROM, as most are, needs no look.
    private let functionNames: Set<String>

    init(of tree: ParseTree) {
        functionNames = Set(tree.allNodes.lazy.filter { $0.kind == .rangeFunction }.compactMap(\.rangeName))
    }

    /// Whether `qualifier.field` at that place may be a call of `field`.
    mutating func mayCall(_ field: String, of qualifier: String, at reference: Node) -> Bool {
        guard functionNames.contains(qualifier) else { return false }
        var above = reference.parent
        while let node = above {
            if node.kind == .selectStmt {
                // An item's name is not visible within the item itself.
                let found = named(qualifier, in: node).first { !$0.descendants.indices.contains(reference.index) || $0.kind == .joinExpr }
                if let found { return found.kind == .rangeFunction && !found.hasColumn(field) }
            }
            above = node.parent
        }
        return false
    }

    private mutating func named(_ name: String, in select: Node) -> [Node] {
        if let known = items[select] { return known[name] ?? [] }
        var found: [String: [Node]] = [:]
        var open = Array(select.list("fromClause").reversed())
        while let item = open.popLast() {
            if let name = item.rangeName { found[name, default: []].append(item) }
            switch item.kind {
            case .joinExpr:
                if let using = item["join_using_alias"]?.string("aliasname") { found[using, default: []].append(item) }
                open += [item["rarg"], item["larg"]].compactMap { $0 }
            case .rangeTableSample: open += [item["relation"]].compactMap { $0 }
            default: break
            }
        }
        items[select] = found
        return found[name] ?? []
    }
}

extension Node {
    /// The name that an item of FROM is called by.
    fileprivate var rangeName: String? {
        if let alias = self["alias"]?.string("aliasname") { return alias }
        return switch kind {
        case .rangeVar: string("relname")
        case .rangeFunction: calledFunction
        default: nil
        }
    }

    private var calls: [Node] { list("functions").compactMap { $0.list("items").first } }

    private var calledFunction: String? { calls.first.flatMap { $0.kind == .functionCall ? $0.strings("funcname").last : nil } }

    /// Whether that is surely a column of the function's result.
    fileprivate func hasColumn(_ field: String) -> Bool {
        // Several functions, an ordinality or a column list make a row, whose fields are its columns.
        if calls.count != 1 || bool("ordinality") || !list("coldeflist").isEmpty { return true }
        if let calledFunction, Self.givesRows.contains(calledFunction) { return true }
        return field == self["alias"]?.string("aliasname") || field == calledFunction || self["alias"]?.strings("colnames").contains(field) ?? false
    }

    /// Permitted functions whose value is a row with columns of its own.
    private static let givesRows: Set<String> = [
        "json_each", "json_each_text", "jsonb_each", "jsonb_each_text", "json_populate_record", "json_populate_recordset", "jsonb_populate_record",
        "jsonb_populate_recordset", "json_to_record", "json_to_recordset", "jsonb_to_record", "jsonb_to_recordset",
    ]
}
