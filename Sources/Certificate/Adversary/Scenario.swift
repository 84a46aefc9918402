public import Warehouse

/// Rows of all tables that a query reads, made to part the engines if anything can.
public struct Scenario: Sendable {
    /// What is special about it, e.g. `edges of orders.amount`.
    public let name: String
    public var rows: [TableRows]
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

extension [TableRows] {
    /// Without the rows that PostgreSQL refused; by table the places of those that it took.
    func keeping(_ accepted: [[Int]]) -> [TableRows] {
        zip(self, accepted).map { table, places in TableRows(table: table.table, columns: table.columns, rows: places.map { table.rows[$0] }) }
    }
}
