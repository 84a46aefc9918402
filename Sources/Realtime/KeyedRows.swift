public import FeatureModel
public import Foundation

/// The keys of one call, their values one after the other: no list for each key.
public struct KeyBatch: Sendable {
    public let count: Int
    /// Columns of a key.
    public let width: Int
    public let values: [Value]
    /// What the call's request holds for a statement that reads it: one row for all keys or one for each, again one after the other.
    public let requests: [Value]

    /// `values` must hold whole keys.
    public init(count: Int, width: Int, values: [Value], requests: [Value] = []) {
        precondition(values.count == count * width, "the values are no whole keys")
        self.count = count
        self.width = width
        self.values = values
        self.requests = requests
    }

    /// Keys of at least one column.
    public init(width: Int, values: [Value]) {
        self.init(count: values.count / width, width: width, values: values)
    }
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
