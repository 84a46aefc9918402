internal import EmbeddedSQL
internal import PostgresTypes

/// One end of a frame, `distance PRECEDING` in RANGE, as PostgreSQL's `in_range` functions and its head and tail of frame decide it.
struct FrameDistance {
    private enum Distance {
        case interval(Interval, of: Kind)
        case number(Numeric)
    }

    private enum Kind { case date, timestamp, timestamptz(Zone) }

    enum Key {
        case null
        case moment(Int64)
        case number(Numeric)
    }

    private let distance: Distance
    private let isDescending: Bool
    private let nullsFirst: Bool

    /// - Parameters:
    ///   - order: `a` or `d`; `f` or `l` for NULLs first or last; what the key is: `d` date, `t` timestamp, `z` timestamptz, `n` numeric.
    ///   - distance: an interval or a numeric.
    ///   - zone: for a timestamptz.
    init(order: Argument, distance: Argument, zone: Argument) throws(PostgresError) {
        let marks = Array(order.utf8)
        guard marks.count == 3 else { throw PostgresError("XX000", "malformed order of a frame") }
        isDescending = marks[0] == UInt8(ascii: "d")
        nullsFirst = marks[1] == UInt8(ascii: "f")
        if marks[2] == UInt8(ascii: "n") {
            self.distance = .number(try distance.numeric())
        } else {
            // A frame that precedes in time, whichever way the rows are sorted.
            let interval = isDescending ? try distance.interval() : try distance.interval().negated()
            self.distance = .interval(
                interval,
                of: marks[2] == UInt8(ascii: "d") ? .date : marks[2] == UInt8(ascii: "t") ? .timestamp : .timestamptz(try Zone.named(zone.string)))
        }
    }

    func key(_ argument: Argument) throws(PostgresError) -> Key {
        if argument.isNull { return .null }
        if case .interval(_, let kind) = distance {
            if case .date = kind { return .moment(try Dates.timestamp(argument.int64)) }
            return .moment(argument.int64)
        }
        return .number(try argument.numeric())
    }

    /// The key that lies the distance before the current row's.
    func bound(of current: Key) throws(PostgresError) -> Key {
        switch (current, distance) {
        case (.moment(let moment), .interval(let interval, of: .timestamptz(let zone))): .moment(try Timestamps.add(moment, interval, zone: zone))
        case (.moment(let moment), .interval(let interval, _)): .moment(try Timestamps.add(moment, interval))
        case (.number(let number), .number(let distance)):
            .number(isDescending ? try Numeric.add(number, distance) : try Numeric.subtract(number, distance))
        default: .null
        }
    }

    /// Whether a row of this key is not before a frame that begins at the bound.
    func holds(_ key: Key, from bound: Key) -> Bool { order(key, bound) >= 0 }

    /// Whether a row of this key is not behind a frame that ends at the bound.
    func holds(_ key: Key, upTo bound: Key) -> Bool { order(key, bound) <= 0 }

    /// As the rows are sorted. NULLs are peers of each other, and lie beyond every distance from the rest.
    private func order(_ key: Key, _ bound: Key) -> Int {
        switch (key, bound) {
        case (.moment(let a), .moment(let b)): isDescending ? Self.order(b, a) : Self.order(a, b)
        case (.number(let a), .number(let b)): isDescending ? Self.order(b, a) : Self.order(a, b)
        case (.null, .null): 0
        case (.null, _): nullsFirst ? -1 : 1
        default: nullsFirst ? 1 : -1
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int { left < right ? -1 : left == right ? 0 : 1 }
}
