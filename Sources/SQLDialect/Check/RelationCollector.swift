internal import FeatureModel

/// Finds the tables and views that a statement reads, by PostgreSQL's rules for which names of WITH are visible where.
///
/// A name of WITH hides a table of that name in the statement behind the WITH; in the WITH itself only in the items that follow, and
/// under RECURSIVE in all of them. A name with a schema is never one of WITH.
struct RelationCollector {
    private struct Name: Hashable {
        let schema: String?
        let name: String
    }

    /// Where each stands first.
    private var found: [Name: Int] = [:]

    /// - Parameter hidden: names that mean something else around the statement.
    static func relations(of tree: ParseTree, hidden: Set<String> = []) -> [RelationUse] {
        var collector = RelationCollector()
        for statement in tree.statements { collector.visit(statement, hidden: hidden) }
        let uses = collector.found.sorted { $0.value < $1.value }
        let positions = positions(of: uses.map(\.value), in: tree.text)
        return zip(uses, positions).map { use, position in RelationUse(schema: use.key.schema, name: use.key.name, position: position) }
    }

    /// All in one pass over the text; the offsets ascend.
    private static func positions(of offsets: [Int], in text: String) -> [SourcePosition] {
        var found: [SourcePosition] = []
        var line = 1, column = 1, character = 1, offset = 0
        for scalar in text.unicodeScalars {
            while found.count < offsets.count, offsets[found.count] <= offset {
                found.append(SourcePosition(line: line, column: column, character: character))
            }
            offset += UTF8.width(scalar)
            character += 1
            if scalar == "\n" { line += 1; column = 1 } else { column += 1 }
        }
        return found
    }

    private mutating func visit(_ node: Node, hidden: Set<String>) {
        switch node.kind {
        case .selectStmt: select(node, hidden: hidden)
        case .rangeVar: read(node, hidden: hidden)
        default: for child in node.children { visit(child, hidden: hidden) }
        }
    }

    private mutating func select(_ select: Node, hidden outer: Set<String>) {
        var hidden = outer
        let with = select["withClause"]
        if let with {
            let items = with.list("ctes")
            if with.bool("recursive") { hidden.formUnion(items.compactMap { $0.string("ctename") }) }
            for item in items {
                for child in item.children { visit(child, hidden: hidden) }
                if let name = item.string("ctename") { hidden.insert(name) }
            }
        }
        for child in select.children where child != with { visit(child, hidden: hidden) }
    }

    private mutating func read(_ relation: Node, hidden: Set<String>) {
        let schema = relation.string("schemaname")
        guard let name = relation.string("relname"), schema != nil || !hidden.contains(name) else { return }
        let key = Name(schema: schema, name: name)
        found[key] = min(found[key] ?? .max, relation.location ?? 0)
    }
}
