public import FeatureModel
public import Foundation

/// The keys of one call, their values one after the other: no list for each key.
public struct KeyBatch: Sendable {
    /// Columns of a key; at least one.
    public let width: Int
    public let values: [Value]

    /// `values` must hold whole keys.
    public init(width: Int, values: [Value]) {
        precondition(width > 0 && values.count % width == 0, "the values are no whole keys")
        self.width = width
        self.values = values
    }

    public var count: Int { values.count / width }

    public func key(_ index: Int) -> ArraySlice<Value> { values[index * width..<(index + 1) * width] }
}

/// The rows of several keys, read from one state of the tables.
public struct KeyedRows: Sendable {
    /// Where the rows of a key are.
    public struct Place: Sendable, Hashable {
        public let frame: Int
        public let rows: Range<Int>

        public init(frame: Int, rows: Range<Int>) {
            self.frame = frame
            self.rows = rows
        }
    }

    /// Of the statement's schema. One may hold the rows of many keys.
    public let frames: [Frame]
    /// One a key, in the order asked.
    public let places: [Place]
    /// Keys that were answered by what had been kept.
    public let kept: Int
    /// What the rows include at least, where somebody wants to know.
    public var marks: [TableMark] = []

    public init(frames: [Frame], places: [Place], kept: Int = 0) {
        self.frames = frames
        self.places = places
        self.kept = kept
    }

    /// The rows of one key in a frame of their own.
    public func frame(of key: Int) -> Frame { frames[places[key].frame].slice(places[key].rows) }
}

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
