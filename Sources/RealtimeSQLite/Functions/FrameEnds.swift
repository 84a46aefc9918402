internal import EmbeddedSQL
internal import PostgresTypes

/// Where a frame in RANGE begins and ends, and whom it leaves out.
struct FrameEnds {
    enum End {
        case unbounded, currentRow
        case distance(FrameDistance)
    }

    enum Exclusion: UInt8 {
        case none = 0x2d  // -
        case currentRow = 0x63  // c
        case group = 0x67  // g
        case ties = 0x74  // t
    }

    let start: End
    let end: End
    let exclusion: Exclusion

    /// - Parameter marks: for start and end `u` unbounded, `c` CURRENT ROW, `p` PRECEDING, `f` FOLLOWING; `-`, or `c`, `g`, `t` for EXCLUDE.
    init(_ marks: ArraySlice<UInt8>, start: Argument, end: Argument, _ keys: FrameKeys) throws(PostgresError) {
        let marks = Array(marks)
        func read(_ mark: UInt8, _ distance: Argument) throws(PostgresError) -> End {
            switch mark {
            case UInt8(ascii: "u"): .unbounded
            case UInt8(ascii: "c"): .currentRow
            default: .distance(try FrameDistance(distance, precedes: mark == UInt8(ascii: "p"), keys))
            }
        }
        self.start = try read(marks[0], start)
        self.end = try read(marks[1], end)
        exclusion = Exclusion(rawValue: marks[2]) ?? .none
    }

    /// The key at which an end lies, given the current row's; nil for unbounded.
    static func bound(_ end: End, of current: FrameKeys.Key) throws(PostgresError) -> FrameKeys.Key? {
        switch end {
        case .unbounded: nil
        case .currentRow: current
        case .distance(let distance): try distance.bound(of: current)
        }
    }
}
