internal import EmbeddedSQL
internal import PostgresTypes

/// The shares of rows that a percentile asks for, one or an array of them; PostgreSQL takes them once a group.
struct PercentileFraction {
    private var fractions: [Double?] = []
    private var isArray = false
    private var isKnown = false

    mutating func note(_ argument: Argument) throws(PostgresError) {
        guard !isKnown else { return }
        isKnown = true
        guard !argument.isNull else { return }
        if argument.storageClass == .text {
            isArray = true
            for element in try ArrayText(parsing: argument.utf8).elements {
                guard let element else {
                    fractions.append(nil)
                    continue
                }
                fractions.append(try Self.checked(try element.withUnsafeBufferPointer { text throws(PostgresError) in try Float8.parse(text) }))
            }
        } else {
            fractions = [try Self.checked(argument.double)]
        }
    }

    private static func checked(_ value: Double) throws(PostgresError) -> Double {
        guard value >= 0, value <= 1 else {
            throw PostgresError("22003", "percentile value \(FloatMath.shortText(value)) is not between 0 and 1")
        }
        return value
    }

    /// Puts one value, or the array of their texts; NULL where there is none.
    func put<Value>(
        of count: Int, _ result: FunctionResult, _ find: (Double) throws -> Value, one: (Value) throws -> Void, text: (Value) throws -> [UInt8]
    ) throws {
        guard count > 0, !fractions.isEmpty || isArray else { return result.null() }
        guard isArray else {
            guard let fraction = fractions[0] else { return result.null() }
            return try one(try find(fraction))
        }
        result.set(utf8: ArrayText(elements: try fractions.map { fraction in try fraction.map { try text(try find($0)) } }).printed)
    }
}

/// Two neighbours and how far between them a share of so many sorted values lies.
struct PercentilePlace {
    let low: Int, high: Int
    let part: Double

    init(_ share: Double, of count: Int) {
        let place = share * Double(count - 1)
        low = Int(place.rounded(.down))
        high = Int(place.rounded(.up))
        part = place - place.rounded(.down)
    }
}
