internal import EmbeddedSQL
internal import PostgresTypes

/// `percentile_cont` over doubles.
final class FloatPercentile: Aggregate {
    private var fraction = PercentileFraction()
    private var values: [Double] = []

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in try fraction.note(arguments[1]) }
        if !arguments[0].isNull { values.append(arguments[0].double) }
    }

    func finish(_ result: FunctionResult) throws {
        guard let share = fraction.of(values.count) else { return result.null() }
        values.sort()
        let place = share * Double(values.count - 1)
        let (low, high) = (values[Int(place.rounded(.down))], values[Int(place.rounded(.up))])
        let value = place.rounded(.down) == place.rounded(.up) ? low : low + (place - place.rounded(.down)) * (high - low)
        try carrying { () throws(PostgresError) in try result.set(float: value) }
    }
}
