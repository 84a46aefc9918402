internal import FeatureModel

/// Recognises the rows that come of a SQL ETL's input, at any depth.
/// Produces the statement with the key's columns added to the output of each query that passes such rows on: what a condition on them reaches
/// is then known. For telling (``KeySeparation``), not for running.
struct KeyCarrier {
    /// Why the rows of one key cannot be told from those of another.
    struct Mixed: Error {
        let reason: String

        static let strangers = Mixed(reason: "an outer join or a UNION keeps rows that belong to no key")
        static let compared = Mixed(reason: "INTERSECT or EXCEPT compares rows without the key")
    }

    /// Where the key stands in the output of the input, and of each common table over it.
    private var places: [Int: [Int]]
    private let key: [QueryColumn]

    /// - Parameter places: of the key in the input's output.
    init(input: CommonTable, places: [Int]) {
        key = places.map { input.query.columns[$0] }
        self.places = [input.id: places]
    }

    /// The query with the key in its output, and where. Nil if none of its rows come of the input.
    mutating func carried(_ query: Query) throws(Mixed) -> (query: Query, places: [Int])? {
        var result = query
        for index in query.with.indices where places[query.with[index].id] == nil && !query.with[index].isRecursive {
            guard let carried = try carried(query.with[index].query) else { continue }
            result.with[index].query = carried.query
            places[query.with[index].id] = carried.places
        }
        switch query.body {
        case .values: return nil
        case .select(var select):
            guard var from = select.from, let columns = try keys(of: &from) else { return nil }
            select.from = from
            let first = select.output.count
            for (column, id) in zip(key, columns) {
                let value = column.reference(.column(id))
                select.output.append(value)
                result.columns.append(QueryColumn(name: "", value))
            }
            result.body = .select(select)
            return (result, columns.indices.map { first + $0 })
        case .setOperation(let op, let all, let left, let right):
            if op == .union {
                guard let first = try carried(left) else {
                    if try carried(right) != nil { throw .strangers }
                    return nil
                }
                guard let second = try carried(right) else { throw .strangers }
                result.body = .setOperation(op, all: all, first.query, second.query)
                result.columns = first.query.columns
                return (result, first.places)
            }
            // The rows that are compared must stay what they are: the key has to be among their columns.
            guard try carried(left) != nil else { return nil }
            guard let own = try ownPlaces(in: left) else { throw .compared }
            return (result, own)
        }
    }

    /// The places of the key among the columns that a query has already.
    private mutating func ownPlaces(in query: Query) throws(Mixed) -> [Int]? {
        switch query.body {
        case .values: return nil
        case .setOperation(_, _, let left, _): return try ownPlaces(in: left)
        case .select(let select):
            guard var from = select.from, let columns = try keys(of: &from) else { return nil }
            let found = columns.compactMap { id in select.output.firstIndex { $0.column == id } }
            return found.count == columns.count ? found : nil
        }
    }

    private mutating func keys(of source: inout Source) throws(Mixed) -> [ColumnID]? {
        switch source {
        case .table, .series: return nil
        case .common(let id, let table): return places[table]?.map { ColumnID(relation: id, index: $0) }
        case .query(let id, let query):
            guard let carried = try carried(query) else { return nil }
            source = .query(id: id, carried.query)
            return carried.places.map { ColumnID(relation: id, index: $0) }
        case .join(let kind, var left, var right, let on):
            let first = try keys(of: &left), second = try keys(of: &right)
            source = .join(kind, left, right, on: on)
            switch kind {
            case .inner: return first ?? second
            case .left:
                if first == nil, second != nil { throw .strangers }
                return first
            case .right:
                if second == nil, first != nil { throw .strangers }
                return second
            case .full:
                if (first == nil) != (second == nil) { throw .strangers }
                return first
            }
        }
    }
}
