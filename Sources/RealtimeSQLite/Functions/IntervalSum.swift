internal import EmbeddedSQL
internal import PostgresTypes

/// `sum` and `avg` of intervals, field by field.
final class IntervalSum: WindowAggregate {
    private let isAverage: Bool
    private var total = Interval.zero
    private var count = 0

    init(isAverage: Bool) { self.isAverage = isAverage }

    func step(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        total = try carrying { () throws(PostgresError) in try Interval.add(total, try arguments[0].interval()) }
        count += 1
    }

    func inverse(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        total = try carrying { () throws(PostgresError) in try Interval.subtract(total, try arguments[0].interval()) }
        count -= 1
    }

    func finish(_ result: FunctionResult) throws {
        guard count > 0 else { return result.null() }
        let value = isAverage ? try carrying { () throws(PostgresError) in try total.divided(by: Double(count)) } : total
        var text: [UInt8] = []
        value.write(to: &text)
        result.set(utf8: text)
    }
}
