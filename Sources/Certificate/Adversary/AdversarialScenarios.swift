internal import FeatureModel
internal import SQLDialect
internal import Warehouse

/// Scenarios from tables' definitions and a query's own constants. The same seed gives the same rows.
///
/// Each column that the query reads has scenarios of its own in which it alone is out of the ordinary: an error that one value provokes
/// hides no other.
struct AdversarialScenarios {
    private let tables: [AdversarialTable]
    private let foreignKeys: ForeignKeys
    private let literals: QueryLiterals
    private let seed: Int
    private let size: Int

    /// - Parameters:
    ///   - texts: the query and the views it reads, in canonical form.
    ///   - tables: those that hold rows.
    ///   - keys: output columns that the query is looked up by.
    init(_ texts: [String], over tables: [TableDefinition], keys: [String], seed: Int) throws(SQLDialectError) {
        let literals = try QueryLiterals(texts)
        self.literals = literals
        self.tables = tables.map { AdversarialTable($0, literals, keys: keys) }
        foreignKeys = ForeignKeys(tables)
        self.seed = seed
        size = [18, 18, 18, 14, 10][min(tables.count, 4)]
    }

    /// A LIMIT beyond this is taken to be no part of what the query means.
    private static let maximumLimit = 60

    func make() -> [Scenario] {
        var found: [Scenario] = []
        for round in 1...3 {
            found.append(scenario("ordinary rows \(round)", isKeyed: round < 3, isTurned: round == 1) { table, random in table.rows(size, &random) })
        }
        found.append(
            scenario("rows that are alike", isKeyed: true, isTurned: true) { table, random in
                let few = table.rows(max(2, size / 3), &random)
                return few + few + few.map { table.varied($0, &random) }
            })
        found.append(
            scenario("rows of nulls that are alike", isKeyed: true, isTurned: true) { table, random in
                let few = table.rows(max(2, size / 3), &random, nullPercent: 60)
                return few + few.map { table.varied($0, &random) }
            })
        found.append(
            scenario("everything at once", isKeyed: true, isWild: true) { table, random in table.rows(size, &random) { $0.any(&$1) } })
        for round in 1...3 {
            found.append(scenario("groups of different rows \(round)", isKeyed: round < 3) { table, random in table.groups(size, &random) })
        }
        for table in tables {
            for column in table.readColumns {
                found.append(
                    scenario("two rows that differ in \(table.definition.name.name).\(table.definition.columns[column].name) alone", isTurned: true) {
                        other, random in
                        guard other.definition.name == table.definition.name else { return other.groups(size / 2, &random) }
                        let rows = other.groups(4, &random)
                        return rows + rows.map { other.varied($0, column, &random) }
                    })
                found.append(
                    scenario("rows that are alike in \(table.definition.name.name).\(table.definition.columns[column].name) alone") { other, random in
                        let rows = other.groups(size / 2, &random)
                        return other.definition.name == table.definition.name ? other.alike(rows, column) : rows
                    })
                let name = "\(table.definition.name.name).\(table.definition.columns[column].name)"
                if !table.pools[column].mild.isEmpty { found.append(edges("edges of \(name)", table, column, \.mild)) }
                if !table.pools[column].wild.isEmpty { found.append(edges("ends of the range of \(name)", table, column, \.wild)) }
            }
        }
        if let limit = literals.limits.filter({ $0 <= Self.maximumLimit }).max() {
            found.append(scenario("more rows than LIMIT takes", isKeyed: true) { table, random in table.groups(limit * 2 + 3, &random, nearPercent: 90) })
        }
        found.append(scenario("nulls") { table, random in table.rows(size / 2, &random, nullPercent: 70) })
        found.append(scenario("one row a table", isKeyed: true) { table, random in table.rows(1, &random, nullPercent: 0) })
        found.append(scenario("no rows") { _, _ in [] })
        if tables.count > 1 {
            for empty in tables {
                found.append(
                    scenario("no rows in \(empty.definition.name.name)") { table, random in
                        table.definition.name == empty.definition.name ? [] : table.rows(size / 2, &random)
                    })
            }
        }
        return found
    }

    private func edges(_ name: String, _ changed: AdversarialTable, _ column: Int, _ values: KeyPath<ValuePool, [String]>) -> Scenario {
        scenario(name, isWild: values == \.wild) { table, random in
            guard table.definition.name == changed.definition.name else { return table.rows(size, &random) }
            let edges = table.pools[column][keyPath: values]
            return table.rows(max(size, min(edges.count, 40)), &random).enumerated().map { index, row in
                var row = row
                // Most rows hold an edge; the others let it meet what is ordinary.
                if index % 4 != 3 || edges.count > size { row[column] = edges[index % edges.count] }
                return row
            }
        }
    }

    private func scenario(
        _ name: String, isKeyed: Bool = false, isTurned: Bool = false, isWild: Bool = false, _ rows: (AdversarialTable, inout Randomness) -> [[String?]]
    ) -> Scenario {
        var random = Randomness(seed, stream: name.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
        let made = tables.map { TableRows(table: $0.definition.name, columns: $0.definition.columns.map(\.name), rows: rows($0, &random)) }
        return Scenario(name: name, rows: foreignKeys.satisfied(made, &random), isKeyed: isKeyed, isTurned: isTurned, isWild: isWild)
    }
}
