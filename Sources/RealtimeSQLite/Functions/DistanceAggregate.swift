internal import EmbeddedSQL
internal import PostgresTypes

/// An aggregate over `RANGE BETWEEN distance PRECEDING AND distance PRECEDING` where a distance is not a fixed number to SQLite: a month.
/// The frame may also begin with the partition, or end with the current row's peers.
///
/// SQLite gives it all rows of the partition up to the current row's peers, in order; they enter the aggregate that does the work, and leave
/// it, as the ends of the frame pass them. As in PostgreSQL these never go back: a month before the 30th of March, 1 o'clock, is earlier
/// than one before the 29th, 23 o'clock, yet takes no row again that the latter left behind.
final class DistanceAggregate: WindowAggregate {
    /// The arguments before those of the aggregate itself: its name, the order, the key, both distances, the zone, whether the row counts.
    private static let ownArguments = 7

    private struct Row {
        let key: FrameDistance.Key
        /// Nil for a row that does not count.
        let arguments: KeptArguments?
    }

    /// What the first row says.
    private struct Setting {
        let aggregate: any WindowAggregate
        /// For reading keys; one of the two.
        let keys: FrameDistance
        /// Nil where the frame begins with the partition.
        let start: FrameDistance?
        /// Nil where the frame ends with the current row's peers.
        let end: FrameDistance?
    }

    private let aggregates: WindowAggregates
    private var setting: Setting?
    /// The rows that may yet enter or leave; so many of them have entered.
    private var rows = FrameValues<Row>()
    private var entered = 0

    init(_ aggregates: WindowAggregates) { self.aggregates = aggregates }

    func step(_ arguments: Arguments) throws {
        let setting = try setting ?? setting(arguments)
        self.setting = setting
        let key = try carrying { () throws(PostgresError) in try setting.keys.key(arguments[2]) }
        var kept: KeptArguments?
        if !arguments[6].isNull, arguments[6].int64 != 0 {
            kept = KeptArguments(arguments.dropFirst(Self.ownArguments))
            if kept == nil { throw FunctionError(sqlstate: "53200", message: "out of memory") }
        }
        rows.append(Row(key: key, arguments: kept))
    }

    private func setting(_ arguments: Arguments) throws -> Setting {
        func distance(_ index: Int) throws -> FrameDistance? {
            if arguments[index].isNull { return nil }
            return try carrying { () throws(PostgresError) in
                try FrameDistance(order: arguments[1], distance: arguments[index], zone: arguments[5])
            }
        }
        let (start, end) = (try distance(3), try distance(4))
        guard let aggregate = aggregates.makers[arguments[0].string]?(), let keys = start ?? end else {
            throw FunctionError(sqlstate: "XX000", message: "no such window aggregate")
        }
        return Setting(aggregate: aggregate, keys: keys, start: start, end: end)
    }

    func inverse(_ arguments: Arguments) throws {
        throw FunctionError(sqlstate: "XX000", message: "a frame by distance begins where its partition does")
    }

    func finish(_ result: FunctionResult) throws {
        guard let setting else { return result.null() }
        // The last row that came is the current one, or its peer.
        if let current = rows.current.last {
            if let start = setting.start { try leave(setting.aggregate, before: start, of: current.key) }
            try enter(setting, upTo: current.key)
        }
        try setting.aggregate.finish(result)
    }

    private func leave(_ aggregate: any WindowAggregate, before start: FrameDistance, of key: FrameDistance.Key) throws {
        let bound = try carrying { () throws(PostgresError) in try start.bound(of: key) }
        while let first = rows.current.first, !start.holds(first.key, from: bound) {
            if entered > 0 {
                entered -= 1
                if let arguments = first.arguments { try aggregate.inverse(arguments.arguments) }
            }
            rows.removeFirst()
        }
    }

    private func enter(_ setting: Setting, upTo key: FrameDistance.Key) throws {
        let bound = try setting.end.map { end in try carrying { () throws(PostgresError) in (end, try end.bound(of: key)) } }
        while let row = rows.current.dropFirst(entered).first {
            if let (end, bound) = bound, !end.holds(row.key, upTo: bound) { break }
            if let arguments = row.arguments { try setting.aggregate.step(arguments.arguments) }
            // None leaves a frame that begins with the partition.
            if setting.start == nil { rows.removeFirst() } else { entered += 1 }
        }
    }
}
