internal import FeatureModel

/// A table and the values its columns are given.
struct AdversarialTable {
    let definition: TableDefinition
    let pools: [ValuePool]
    /// Places of the columns that the query mentions, by name.
    let readColumns: [Int]
    private let keyColumns: Set<Int>

    /// Places of columns of which rows share values, as they are grouped, joined and looked up by them.
    private let groupingColumns: Set<Int>

    init(_ definition: TableDefinition, _ literals: QueryLiterals, keys: [String]) {
        self.definition = definition
        pools = definition.columns.map { ValuePool($0, literals) }
        readColumns = definition.columns.indices.filter { literals.columns.contains(definition.columns[$0].name) }
        // No two rows may be alike in one column: values are counted through.
        let single = ([definition.primaryKey] + definition.uniqueKeys).filter { $0.count == 1 }.compactMap(\.first)
        keyColumns = Set(definition.columns.indices.filter { single.contains(definition.columns[$0].name) })
        let grouping = literals.grouping.union(keys)
        groupingColumns = Set(definition.columns.indices.filter { grouping.contains(definition.columns[$0].name) })
    }

    func rows(
        _ count: Int, _ random: inout Randomness, nullPercent: Int = 10, _ value: (ValuePool, inout Randomness) -> String = { $0.ordinary(&$1) }
    ) -> [[String?]] {
        (0..<count).map { number in
            definition.columns.indices.map { column in
                if keyColumns.contains(column) {
                    return definition.columns[column].isNullable && random.chance(nullPercent) ? nil : pools[column].distinct(number)
                }
                guard readColumns.contains(column) else { return definition.columns[column].isNullable ? nil : pools[column].common[number % pools[column].common.count] }
                if definition.columns[column].isNullable, random.chance(nullPercent) { return nil }
                return value(pools[column], &random)
            }
        }
    }

    /// Few values in the columns that rows are grouped by, and in the others different ones in a random order: nothing ties by itself.
    func groups(_ count: Int, _ random: inout Randomness, nearPercent: Int = 25) -> [[String?]] {
        let orders = definition.columns.indices.map { _ in random.shuffled(Array(0..<count)) }
        return (0..<count).map { number in
            definition.columns.indices.map { column in
                let isNullable = definition.columns[column].isNullable, pool = pools[column]
                if keyColumns.contains(column) { return pool.distinct(number) }
                guard readColumns.contains(column) else { return isNullable ? nil : pool.common[number % pool.common.count] }
                if groupingColumns.contains(column) { return isNullable && random.chance(8) ? nil : random.pick(Array(pool.common.prefix(3))) }
                if isNullable, random.chance(10) { return nil }
                return random.chance(nearPercent) && !pool.near.isEmpty ? random.pick(pool.near) : pool.distinct(orders[column][number])
            }
        }
    }

    /// The rows with one value in the column.
    func alike(_ rows: [[String?]], _ column: Int) -> [[String?]] {
        if keyColumns.contains(column) { return rows }
        let value = rows.lazy.compactMap { $0[column] }.first
        return rows.map { row in
            var row = row
            row[column] = value
            return row
        }
    }

    /// The row with another value in one of the columns that are read.
    func varied(_ row: [String?], _ random: inout Randomness) -> [String?] {
        let free = readColumns.filter { !keyColumns.contains($0) }
        return free.isEmpty ? row : varied(row, random.pick(free), &random)
    }

    func varied(_ row: [String?], _ column: Int, _ random: inout Randomness) -> [String?] {
        var row = row
        let pool = pools[column]
        let others = (pool.common + pool.near + pool.mild).filter { $0 != row[column] }
        row[column] = others.isEmpty ? nil : random.pick(others)
        // A key that is not read must still be its own.
        for key in keyColumns where key != column { row[key] = pools[key].distinct(1_000 + random.int(0...1_000)) }
        return row
    }
}
