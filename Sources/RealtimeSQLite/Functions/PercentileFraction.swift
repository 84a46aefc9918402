internal import EmbeddedSQL
internal import PostgresTypes

/// The share of rows that a percentile asks for; PostgreSQL takes it once a group.
struct PercentileFraction {
    private var fraction: Double?
    private var isKnown = false

    mutating func note(_ argument: Argument) throws(PostgresError) {
        guard !isKnown else { return }
        isKnown = true
        guard !argument.isNull else { return }
        let value = argument.double
        guard value >= 0, value <= 1 else {
            throw PostgresError("22003", "percentile value \(FloatMath.shortText(value)) is not between 0 and 1")
        }
        fraction = value
    }

    /// Nil where the fraction is NULL or there are no rows.
    func of(_ count: Int) -> Double? { count > 0 ? fraction : nil }
}
