public import FeatureModel
public import Formats

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

    /// Appends the rows of all keys, each key's joined by commas; `open` writes what stands before them.
    public func append(as encoder: JSONRowEncoder, to out: inout [UInt8], open: (_ key: Int, _ isFound: Bool, _ out: inout [UInt8]) -> Void) {
        for (key, place) in places.enumerated() {
            open(key, !place.rows.isEmpty, &out)
            encoder.append(frames[place.frame], rows: place.rows, to: &out)
        }
    }
}
