public import FeatureModel

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
