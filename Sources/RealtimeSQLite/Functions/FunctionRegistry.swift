internal import EmbeddedSQL
internal import PostgresTypes

/// Registers functions on one connection and turns PostgreSQL's errors into those that SQLite carries.
///
/// The functions must not hold the registry: it holds the connection, which holds them.
final class FunctionRegistry {
    private let connection: Connection
    let buffer = ResultBuffer()
    /// What ``DistanceAggregate`` may work with, by name.
    let windowAggregates = WindowAggregates()

    init(_ connection: Connection) { self.connection = connection }

    typealias Body = (Arguments, FunctionResult) throws(PostgresError) -> Void

    /// A function that answers NULL if any argument is NULL.
    func strict(_ name: String, _ count: Int, _ body: @escaping Body) throws {
        try scalar(name, count) { arguments, result throws(PostgresError) in
            if arguments.containsNull { return result.null() }
            try body(arguments, result)
        }
    }

    /// A function that sees its NULLs. `count` -1 is any number.
    func scalar(_ name: String, _ count: Int, _ body: @escaping Body) throws {
        try connection.registerScalar(name, argumentCount: count < 0 ? nil : count) { arguments, result in
            do throws(PostgresError) { try body(arguments, result) } catch { throw FunctionError(error) }
        }
    }

    /// A strict function whose result is text.
    func text(_ name: String, _ count: Int, _ body: @escaping (Arguments, inout [UInt8]) throws(PostgresError) -> Void) throws {
        try strict(name, count) { [buffer] arguments, result throws(PostgresError) in
            try buffer.write(to: result) { out throws(PostgresError) in try body(arguments, &out) }
        }
    }

    /// A strict function whose result is an integer.
    func integer(_ name: String, _ count: Int, _ body: @escaping (Arguments) throws(PostgresError) -> Int64) throws {
        try strict(name, count) { arguments, result throws(PostgresError) in result.set(try body(arguments)) }
    }

    /// A strict function whose result is a boolean.
    func boolean(_ name: String, _ count: Int, _ body: @escaping (Arguments) throws(PostgresError) -> Bool) throws {
        try strict(name, count) { arguments, result throws(PostgresError) in result.set(try body(arguments)) }
    }

    /// A strict function whose result is a double; NaN is refused, because SQLite would make it NULL.
    func float(_ name: String, _ count: Int, _ body: @escaping (Arguments) throws(PostgresError) -> Double) throws {
        try strict(name, count) { arguments, result throws(PostgresError) in try result.set(float: try body(arguments)) }
    }

    /// A strict function whose result is a numeric's text.
    func numeric(_ name: String, _ count: Int, _ body: @escaping (Arguments) throws(PostgresError) -> Numeric) throws {
        try text(name, count) { arguments, out throws(PostgresError) in try body(arguments).write(to: &out) }
    }

    /// A strict function whose result is an interval's text.
    func interval(_ name: String, _ count: Int, _ body: @escaping (Arguments) throws(PostgresError) -> Interval) throws {
        try text(name, count) { arguments, out throws(PostgresError) in try body(arguments).write(to: &out) }
    }

    func window<State: WindowAggregate>(_ name: String, _ count: Int, _ make: @escaping () -> State) throws {
        windowAggregates.makers[name] = make
        try connection.registerWindowAggregate(name, argumentCount: count < 0 ? nil : count, make)
    }

    func aggregate<State: Aggregate>(_ name: String, _ count: Int, _ make: @escaping () -> State) throws {
        try connection.registerAggregate(name, argumentCount: count < 0 ? nil : count, make)
    }
}

/// How each registered window aggregate is made.
final class WindowAggregates {
    var makers: [String: () -> any WindowAggregate] = [:]
}

extension FunctionError {
    init(_ error: PostgresError) { self.init(sqlstate: error.state, message: error.message) }
}

extension FunctionResult {
    func set(float value: Double) throws(PostgresError) {
        if value.isNaN { throw PostgresError("22003", "NaN cannot be held in the realtime store") }
        set(value)
    }
}

extension Argument {
    func numeric() throws(PostgresError) -> Numeric { try Numeric(parsing: utf8) }
    func interval() throws(PostgresError) -> Interval { try Interval(parsing: utf8) }
    var integerWidth: IntegerWidth { IntegerWidth(rawValue: int64) ?? .int8 }
    /// A count or scale.
    var int: Int { Int(clamping: int64) }
}

extension FunctionResult {
    /// The time zone named by an argument, looked up once where the argument is constant.
    func zone(_ arguments: Arguments, _ index: Int) throws(PostgresError) -> Zone {
        try keep(forArgument: index) { () throws(PostgresError) in try Zone.named(arguments[index].string) }
    }
}
