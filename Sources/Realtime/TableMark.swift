public import FeatureModel
public import Foundation

/// The newest change of a table that a reader is sure to see.
public struct TableMark: Sendable, Hashable {
    public let table: TableName
    /// How many loads and changes were applied to the table since the store began to hold it.
    public let change: Int
    /// When the last of them was.
    public let changedAt: Date

    public init(table: TableName, change: Int, changedAt: Date) {
        self.table = table
        self.change = change
        self.changedAt = changedAt
    }
}
