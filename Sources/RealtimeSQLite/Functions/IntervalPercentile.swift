internal import EmbeddedSQL
internal import PostgresTypes

/// `percentile_cont` over intervals.
final class IntervalPercentile: Aggregate {
    private var fraction = PercentileFraction()
    private var isDescending = false
    private var values: [Interval] = []

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            try fraction.note(arguments[1])
            isDescending = arguments[2].utf8.first == UInt8(ascii: "d")
            if !arguments[0].isNull { values.append(try arguments[0].interval()) }
        }
    }

    func finish(_ result: FunctionResult) throws {
        values.sort(by: isDescending ? { $0 > $1 } : { $0 < $1 })
        func text(_ value: Interval) -> [UInt8] {
            var text: [UInt8] = []
            value.write(to: &text)
            return text
        }
        try fraction.put(of: values.count, result) { share in
            let place = PercentilePlace(share, of: values.count)
            let (low, high) = (values[place.low], values[place.high])
            if place.low == place.high { return low }
            return try carrying { () throws(PostgresError) in try Interval.add(try Interval.subtract(high, low).multiplied(by: place.part), low) }
        } one: { value in
            result.set(utf8: text(value))
        } text: { value in
            text(value)
        }
    }
}
