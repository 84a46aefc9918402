internal import EmbeddedSQL
internal import PostgresTypes

/// An aggregate over `RANGE BETWEEN distance PRECEDING AND CURRENT ROW` where the distance is not a fixed number to SQLite: a month.
///
/// SQLite gives it all rows of the partition up to the current row's peers, in order; those that lie too far back leave the aggregate
/// that does the work. As in PostgreSQL the head of the frame never goes back: a month before the 30th of March, 1 o'clock, is earlier
/// than one before the 29th, 23 o'clock, yet takes no row again that the latter left behind.
final class DistanceAggregate: WindowAggregate {
    /// The arguments before those of the aggregate itself: its name, the order, the key, the distance, the zone, whether the row counts.
    private static let ownArguments = 6

    private struct Row {
        let key: FrameDistance.Key
        /// Nil for a row that does not count.
        let arguments: KeptArguments?
    }

    private let aggregates: WindowAggregates
    private var aggregate: (any WindowAggregate)?
    private var distance: FrameDistance?
    private var rows = FrameValues<Row>()

    init(_ aggregates: WindowAggregates) { self.aggregates = aggregates }

    func step(_ arguments: Arguments) throws {
        if aggregate == nil {
            guard let make = aggregates.makers[arguments[0].string] else { throw FunctionError(sqlstate: "XX000", message: "no such window aggregate") }
            aggregate = make()
            distance = try carrying { () throws(PostgresError) in
                try FrameDistance(order: arguments[1], distance: arguments[3], zone: arguments[4])
            }
        }
        guard let aggregate, let distance else { return }
        let key = try carrying { () throws(PostgresError) in try distance.key(arguments[2]) }
        let counts = !arguments[5].isNull && arguments[5].int64 != 0
        let own = arguments.dropFirst(Self.ownArguments)
        if counts { try aggregate.step(own) }
        var kept: KeptArguments?
        if counts {
            kept = KeptArguments(own)
            if kept == nil { throw FunctionError(sqlstate: "53200", message: "out of memory") }
        }
        rows.append(Row(key: key, arguments: kept))
    }

    func inverse(_ arguments: Arguments) throws {
        throw FunctionError(sqlstate: "XX000", message: "a frame by distance begins where its partition does")
    }

    func finish(_ result: FunctionResult) throws {
        guard let aggregate, let distance else { return result.null() }
        // The last row that came is the current one, or its peer.
        if let current = rows.current.last {
            let bound = try carrying { () throws(PostgresError) in try distance.bound(of: current.key) }
            while let first = rows.current.first, !distance.holds(first.key, bound) {
                if let arguments = first.arguments { try aggregate.inverse(arguments.arguments) }
                rows.removeFirst()
            }
        }
        try aggregate.finish(result)
    }
}
