internal import EmbeddedSQL
internal import PostgresTypes

/// `percentile_cont` over doubles.
final class FloatPercentile: Aggregate {
    private var fraction = PercentileFraction()
    private var isDescending = false
    private var values: [Double] = []

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in try fraction.note(arguments[1]) }
        isDescending = arguments[2].utf8.first == UInt8(ascii: "d")
        if !arguments[0].isNull { values.append(arguments[0].double) }
    }

    func finish(_ result: FunctionResult) throws {
        values.sort(by: isDescending ? { $0 > $1 } : { $0 < $1 })
        try fraction.put(of: values.count, result) { share in
            let place = PercentilePlace(share, of: values.count)
            let (low, high) = (values[place.low], values[place.high])
            return place.low == place.high ? low : low + place.part * (high - low)
        } one: { value in
            try carrying { () throws(PostgresError) in try result.set(float: value) }
        } text: { value in
            Array(Float8.text(value).utf8)
        }
    }
}
