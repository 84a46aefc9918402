internal import FeatureModel

/// Recognises a SQL ETL that gives the rows of one key the same values, whether it sees the rows of all keys, as in training, or those of
/// the one key alone, as in a lookup: a condition on the key behind it can be said at every place where it reads its input.
///
/// DISTINCT and UNION may leave out in training what a row of another key says, too; they change no row.
struct KeySeparation {
    let definitions: [TableName: TableDefinition]
    let newRelation: () -> Int
    let newCommonTable: () -> Int

    /// What mixes the rows of several keys; nil if nothing does.
    ///
    /// - Parameter key: places of its columns in the input's output.
    func obstacle(of query: Query, input: CommonTable, key: [Int]) -> Obstacle? {
        // What stands behind the input is not looked into: its rows are a table's here.
        var statement = query
        for index in query.with.indices where query.with[index].id == input.id { statement.with[index].query = standIn(for: input.query) }
        var carrier = KeyCarrier(input: input, places: key)
        let carried: (query: Query, places: [Int])
        do throws(KeyCarrier.Mixed) {
            guard let found = try carrier.carried(statement) else {
                return reads(input, statement) ? told(Self.unreached, input, key) : nil
            }
            carried = found
        } catch { return told(error.reason, input, key) }

        var push = PushDown(
            newRelation: newRelation, newCommonTable: newCommonTable, definitions: definitions, known: [input.id: input.query])
        func condition(_ number: Int, _ place: Int, _ query: Query) -> PushDown.Predicate {
            PushDown.Predicate(column: place, value: query.columns[place].reference(.parameter(number + 1)))
        }
        let outside = carried.places.enumerated().map { condition($0, $1, carried.query) }
        let wanted = Set(key.enumerated().map { condition($0, $1, input.query) })
        let restricted = push.restricted(carried.query, to: outside)
        let isReached = push.copies.keys.allSatisfy { $0.table != input.id || wanted.isSubset(of: $0.predicates) }
        if isReached, !reads(input, restricted) { return nil }
        return told(push.barriers.first?.reason ?? Self.unreached, input, key)
    }

    private static let unreached = "it reads its input where no equality with the key's column leads"

    private func reads(_ input: CommonTable, _ query: Query) -> Bool {
        CommonTablesInUse.pruned(query).with.contains { $0.id == input.id }
    }

    private func standIn(for query: Query) -> Query {
        let table = TableSource(id: newRelation(), table: TableName(schema: "", name: CheckedQuery.inputName), columns: query.columns.map(\.name))
        let output = query.columns.enumerated().map { $1.reference(.column(ColumnID(relation: table.id, index: $0))) }
        return Query(body: .select(Select(output: output, from: .table(table))), columns: query.columns)
    }

    private func told(_ reason: String, _ input: CommonTable, _ key: [Int]) -> Obstacle {
        let names = key.map { input.query.columns[$0].name }.joined(separator: ", ")
        return Obstacle(
            construct: "a SQL ETL that mixes the rows of several keys: \(reason)",
            hint: """
                training gives it all rows, a lookup by \(names) those of one key: name \(names) in GROUP BY, PARTITION BY or DISTINCT ON, compare it \
                where \(CheckedQuery.inputName) is joined or read again, or compute this in the query
                """)
    }
}
