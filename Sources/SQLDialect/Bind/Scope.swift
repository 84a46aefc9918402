/// The names that an expression can refer to. Lookups go outwards through `parent`, as SQL's do.
final class Scope {
    let parent: Scope?
    private(set) var relations: [Relation] = []
    /// Columns merged by USING, by name.
    var merged: [String: Expr] = [:]
    var common: [String: CommonInfo] = [:]
    /// `WINDOW name AS (…)`.
    var windows: [String: Node] = [:]
    /// Set while the select list and HAVING are bound, when an aggregate of this level is met.
    var hasAggregate = false
    /// How its rows arrive, for the aggregates of this level.
    var arrival: ArrivalOrder?
    /// It has GROUP BY keys, so that every group has a row.
    var hasGroupingKeys = false

    struct Relation {
        let alias: String
        var columns: [(name: String, value: Expr)]
        /// An outer join may put nulls in place of its rows.
        var isNullable = false
    }

    struct CommonInfo {
        let id: Int
        let columns: [QueryColumn]
        /// Stands in place of each reference.
        var inlined: Query?
    }

    init(parent: Scope?) { self.parent = parent }

    func add(_ relation: Relation) { relations.append(relation) }

    /// What an outer join does to the relations from `start` on.
    func makeNullable(_ range: Range<Int>) {
        for index in range { relations[index].makeNullable() }
    }

    /// Puts one name in place of the relations from `start` on: `(a JOIN b …) j`.
    func replace(_ range: Range<Int>, with relation: Relation) { relations.replaceSubrange(range, with: [relation]) }

    func common(named name: String) -> CommonInfo? { common[name] ?? parent?.common(named: name) }

    func column(_ name: String, of alias: String) -> Expr? {
        for relation in relations where relation.alias == alias {
            if let found = relation.columns.first(where: { $0.name == name }) { return found.value }
        }
        return parent?.column(name, of: alias)
    }

    func wholeRow(_ alias: String) -> Relation? { relations.first { $0.alias == alias } ?? parent?.wholeRow(alias) }

    func hasRelation(_ alias: String) -> Bool { relations.contains { $0.alias == alias } || parent?.hasRelation(alias) == true }

    func column(_ name: String) -> Expr? {
        if let value = merged[name] { return value }
        let found = relations.flatMap { $0.columns.filter { $0.name == name } }
        if found.count == 1 { return found[0].value }
        return found.isEmpty ? parent?.column(name) : nil
    }
}

extension Scope.Relation {
    mutating func makeNullable() {
        isNullable = true
        for index in columns.indices { columns[index].value.isNullable = true }
    }
}
