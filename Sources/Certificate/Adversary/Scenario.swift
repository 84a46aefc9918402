internal import FeatureModel
public import Warehouse

/// Rows of all tables that a query reads, made to part the engines if anything can.
public struct Scenario: Sendable {
    /// What is special about it, e.g. `edges of orders.amount`.
    public let name: String
    public var rows: [TableRows]
    /// Values of calls, if the query reads any: at least one.
    public var requests: [[String?]] = []
    /// Whether lookups by key are tried over it too.
    public let isKeyed: Bool
    /// Whether PostgreSQL is asked again with the rows put in backwards: an answer that then differs is chance.
    public let isTurned: Bool
    /// Whether it holds the ends of ranges, over which sums and products overflow.
    public let isWild: Bool

    public init(name: String, rows: [TableRows], isKeyed: Bool = false, isTurned: Bool = false, isWild: Bool = false) {
        self.name = name
        self.rows = rows
        self.isKeyed = isKeyed
        self.isTurned = isTurned
        self.isWild = isWild
    }

    var turned: [TableRows] { rows.map { TableRows(table: $0.table, columns: $0.columns, rows: $0.rows.reversed()) } }
}

extension Scenario {
    /// How many calls' values are tried over each scenario.
    static let maximumRequests = 4

    /// The rows made up for the request become calls: different ones, and one of nulls where none was made.
    mutating func takeRequests(_ table: TableDefinition) {
        guard let place = rows.firstIndex(where: { $0.table == table.name }) else {
            requests = [table.columns.map { _ in nil }]
            return
        }
        var seen: Set<[String?]> = []
        requests = Array(rows.remove(at: place).rows.filter { seen.insert($0).inserted }.prefix(Self.maximumRequests))
        if requests.isEmpty { requests = [table.columns.map { _ in nil }] }
    }
}

extension [TableRows] {
    /// Without the rows that PostgreSQL refused; by table the places of those that it took.
    func keeping(_ accepted: [[Int]]) -> [TableRows] {
        zip(self, accepted).map { table, places in TableRows(table: table.table, columns: table.columns, rows: places.map { table.rows[$0] }) }
    }
}
