/// The state of `sum` and `avg` over numeric, and over the integers whose sum is numeric: exact, in any order,
/// and rows can be taken out again for moving frames.
public struct NumericSum: Sendable {
    public private(set) var count = 0
    private var total = Numeric.zero
    private var nans = 0
    private var infinities = 0
    private var negativeInfinities = 0
    /// How many rows showed each number of digits: the sum shows the largest of those still present. Empty while all showed as many.
    private var scales: [Int] = []
    private var onlyScale = (digits: 0, rows: 0)

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
            noteScale(value.scale, by: change)
            return true
        }
        return false
    }

    private mutating func noteScale(_ digits: Int, by change: Int) {
        if scales.isEmpty {
            if onlyScale.rows == 0 { onlyScale.digits = digits }
            if onlyScale.digits == digits { return onlyScale.rows += change }
            scales = Array(repeating: 0, count: max(onlyScale.digits, digits) + 1)
            scales[onlyScale.digits] = onlyScale.rows
        }
        while scales.count <= digits { scales.append(0) }
        scales[digits] += change
    }

    private var largestScale: Int { scales.isEmpty ? (onlyScale.rows > 0 ? onlyScale.digits : 0) : scales.lastIndex { $0 > 0 } ?? 0 }

    /// Nil if there were no rows.
    public func sum() throws(PostgresError) -> Numeric? {
        guard count > 0 else { return nil }
        if nans > 0 || infinities > 0 && negativeInfinities > 0 { return .nan }
        if infinities > 0 { return .infinity }
        if negativeInfinities > 0 { return .negativeInfinity }
        let scale = largestScale
        return scale == total.scale ? total : try total.withScale(scale)
    }

    public func average() throws(PostgresError) -> Numeric? {
        guard let sum = try sum() else { return nil }
        return try Numeric.divide(sum, Numeric(count))
    }

    var isFinite: Bool { nans + infinities + negativeInfinities == 0 }
}
