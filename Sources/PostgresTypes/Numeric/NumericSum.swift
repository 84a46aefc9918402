/// The state of `sum` and `avg` over numeric, and over the integers whose sum is numeric: exact, in any order,
/// and rows can be taken out again for moving frames.
public struct NumericSum: Sendable {
    public private(set) var count = 0
    private var total = Numeric.zero
    private var nans = 0
    private var infinities = 0
    private var negativeInfinities = 0
    /// How many rows showed each number of digits: the sum shows the largest of those still present.
    private var scales: [Int] = []

    public init() {}

    public mutating func add(_ value: Numeric) throws(PostgresError) {
        count += 1
        if note(value, by: 1) { total = try Numeric.add(total, value) }
    }

    /// Takes out a value that was added before.
    public mutating func remove(_ value: Numeric) throws(PostgresError) {
        count -= 1
        if note(value, by: -1) { total = try Numeric.subtract(total, value) }
    }

    /// Counts the value; true if it is finite.
    private mutating func note(_ value: Numeric, by change: Int) -> Bool {
        switch value.storage {
        case .nan: nans += change
        case .infinity: infinities += change
        case .negativeInfinity: negativeInfinities += change
        case .small, .big:
            while scales.count <= value.scale { scales.append(0) }
            scales[value.scale] += change
            return true
        }
        return false
    }

    /// Nil if there were no rows.
    public func sum() throws(PostgresError) -> Numeric? {
        guard count > 0 else { return nil }
        if nans > 0 || infinities > 0 && negativeInfinities > 0 { return .nan }
        if infinities > 0 { return .infinity }
        if negativeInfinities > 0 { return .negativeInfinity }
        let scale = scales.lastIndex { $0 > 0 } ?? 0
        return scale == total.scale ? total : try total.withScale(scale)
    }

    public func average() throws(PostgresError) -> Numeric? {
        guard let sum = try sum() else { return nil }
        return try Numeric.divide(sum, Numeric(count))
    }

    var isFinite: Bool { nans + infinities + negativeInfinities == 0 }
}
