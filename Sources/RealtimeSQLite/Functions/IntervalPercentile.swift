internal import EmbeddedSQL
internal import PostgresTypes

/// `percentile_cont` over intervals.
final class IntervalPercentile: Aggregate {
    private var fraction = PercentileFraction()
    private var values: [Interval] = []

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            try fraction.note(arguments[1])
            if !arguments[0].isNull { values.append(try arguments[0].interval()) }
        }
    }

    func finish(_ result: FunctionResult) throws {
        guard let share = fraction.of(values.count) else { return result.null() }
        values.sort()
        let place = share * Double(values.count - 1)
        let (low, high) = (values[Int(place.rounded(.down))], values[Int(place.rounded(.up))])
        let value =
            place.rounded(.down) == place.rounded(.up)
            ? low
            : try carrying { () throws(PostgresError) in
                try Interval.add(try Interval.subtract(high, low).multiplied(by: place - place.rounded(.down)), low)
            }
        var text: [UInt8] = []
        value.write(to: &text)
        result.set(utf8: text)
    }
}
