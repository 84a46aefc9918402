internal import EmbeddedSQL
internal import PostgresTypes

/// Sums of integers, or of numerics held as scaled integers: exact in 128 bits, which no number of rows can overflow.
final class IntegerSum: WindowAggregate {
    enum Answer {
        case bigint, numeric, average
    }

    private let answer: Answer
    private var total: Int128 = 0
    private var count = 0
    private var scale = 0

    init(_ answer: Answer) { self.answer = answer }

    func step(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        total += Int128(arguments[0].int64)
        count += 1
        if arguments.count > 1 { scale = arguments[1].int }
    }

    func inverse(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        total -= Int128(arguments[0].int64)
        count -= 1
    }

    func finish(_ result: FunctionResult) throws {
        guard count > 0 else { return result.null() }
        switch answer {
        case .bigint:
            guard let sum = Int64(exactly: total) else { throw FunctionError(.bigintOutOfRange) }
            result.set(sum)
        case .numeric: result.set(numeric: Numeric(coefficient: total, scale: scale))
        case .average:
            let sum = Numeric(coefficient: total, scale: scale)
            result.set(numeric: try carrying { () throws(PostgresError) in try Numeric.divide(sum, Numeric(count)) })
        }
    }
}
