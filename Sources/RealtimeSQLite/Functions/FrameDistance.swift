internal import EmbeddedSQL
internal import PostgresTypes

/// One end of a frame in RANGE, `distance PRECEDING` or `distance FOLLOWING`, as PostgreSQL's `in_range` functions decide it.
struct FrameDistance {
    private enum Distance {
        case interval(Interval, of: FrameKeys.Kind)
        case number(Numeric)
        case integer(Int128)
        case float(Double)
    }

    private let distance: Distance

    /// - Parameters:
    ///   - distance: an interval or a number like the keys, not negative.
    ///   - precedes: in the order of the rows.
    init(_ distance: Argument, precedes: Bool, _ keys: FrameKeys) throws(PostgresError) {
        let isSubtracted = precedes != keys.isDescending
        switch keys.kind {
        case .number:
            let number = try distance.numeric()
            self.distance = .number(isSubtracted ? number.negated : number)
        case .integer: self.distance = .integer(isSubtracted ? -Int128(distance.int64) : Int128(distance.int64))
        case .float: self.distance = .float(isSubtracted ? -distance.double : distance.double)
        case .date, .timestamp, .timestamptz:
            let interval = try distance.interval()
            self.distance = .interval(isSubtracted ? try interval.negated() : interval, of: keys.kind)
        }
    }

    /// The key that lies the distance from the current row's.
    func bound(of current: FrameKeys.Key) throws(PostgresError) -> FrameKeys.Key {
        switch (current, distance) {
        case (.moment(let moment), .interval(let interval, of: .timestamptz(let zone))): .moment(try Timestamps.add(moment, interval, zone: zone))
        case (.moment(let moment), .interval(let interval, _)): .moment(try Timestamps.add(moment, interval))
        case (.number(let number), .number(let distance)): .number(try Numeric.add(number, distance))
        case (.integer(let number), .integer(let distance)): .integer(number + distance)
        case (.float(let number), .float(let distance)): .float(number + distance)
        default: .null
        }
    }
}
