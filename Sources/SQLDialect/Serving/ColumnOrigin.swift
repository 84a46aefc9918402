public import FeatureModel

/// The column of a base table that an output column passes on unchanged.
public struct ColumnOrigin: Hashable, Sendable, Codable {
    public let table: TableName
    public let column: String

    public init(table: TableName, column: String) {
        self.table = table
        self.column = column
    }
}
