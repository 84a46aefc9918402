internal import EmbeddedSQL

/// `count(*)` and, given an argument, `count(x)`.
final class RowCount: WindowAggregate {
    private var count: Int64 = 0

    func step(_ arguments: Arguments) { if !arguments.containsNull { count += 1 } }
    func inverse(_ arguments: Arguments) { if !arguments.containsNull { count -= 1 } }
    func finish(_ result: FunctionResult) { result.set(count) }
}
