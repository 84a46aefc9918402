internal import FeatureModel
internal import Warehouse

/// Keeps rows within the tables' foreign keys.
struct ForeignKeys: Sendable {
    private struct Link: Sendable {
        let child: TableName, columns: [Int]
        let parent: TableName, referenced: [Int]
    }

    private let links: [Link]

    init(_ tables: [TableDefinition]) {
        let known = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        func places(_ names: [String], in table: TableDefinition) -> [Int]? {
            let found = names.compactMap { name in table.columns.firstIndex { $0.name == name } }
            return found.count == names.count ? found : nil
        }
        links = tables.flatMap { table in
            table.foreignKeys.compactMap { key in
                guard let parent = known[key.references], let own = places(key.columns, in: table), let referenced = places(key.referencedColumns, in: parent)
                else { return nil }
                return Link(child: table.name, columns: own, parent: parent.name, referenced: referenced)
            }
        }
    }

    /// Rows whose reference leads nowhere are given another, and go if there is none.
    func satisfied(_ tables: [TableRows], _ random: inout Randomness) -> [TableRows] {
        guard !links.isEmpty else { return tables }
        var result = tables
        for link in links {
            guard let child = result.firstIndex(where: { $0.table == link.child }), let parent = result.first(where: { $0.table == link.parent }) else { continue }
            let targets = parent.rows.compactMap { row in link.referenced.map { row[$0] } }.filter { !$0.contains(nil) }
            let present = Set(targets)
            guard !targets.isEmpty else { continue }
            for index in result[child].rows.indices {
                let reference = link.columns.map { result[child].rows[index][$0] }
                if reference.contains(nil) || present.contains(reference) { continue }
                for (column, value) in zip(link.columns, random.pick(targets)) { result[child].rows[index][column] = value }
            }
        }
        return closed(result)
    }

    /// Without the rows whose reference leads nowhere, and those that then refer to nothing.
    func closed(_ tables: [TableRows]) -> [TableRows] {
        guard !links.isEmpty else { return tables }
        var result = tables
        var count = -1
        while count != result.reduce(0, { $0 + $1.rows.count }) {
            count = result.reduce(0) { $0 + $1.rows.count }
            for link in links {
                guard let child = result.firstIndex(where: { $0.table == link.child }), let parent = result.first(where: { $0.table == link.parent }) else { continue }
                let present = Set(parent.rows.map { row in link.referenced.map { row[$0] } })
                result[child].rows.removeAll { row in
                    let reference = link.columns.map { row[$0] }
                    return !reference.contains(nil) && !present.contains(reference)
                }
            }
        }
        return result
    }
}
