/// A function that the generated SQL calls and the realtime store registers with SQLite. Every name begins with `pg_`, so that
/// nothing reaches a built-in function of SQLite by accident.
///
/// What holds for all unless `meaning` says otherwise:
/// - Values are encoded as ``Encoding`` says. In the meanings: *int* INTEGER, *num* a numeric as PostgreSQL prints it (TEXT, display
///   scale included), *scaled* INTEGER times 10^scale, *float* REAL, *bool* 0 or 1, *date* days, *timestamp*, *timestamptz* and *time*
///   microseconds, *interval* TEXT as PostgreSQL prints it under IntervalStyle postgres, *zone* a time zone's name. `Int64.max` and
///   `Int64.min` of a date or timestamp are `infinity` and `-infinity`.
/// - A scalar given a NULL answers NULL; an aggregate passes over rows whose first argument is NULL and answers NULL if none is left.
/// - All are deterministic and innocuous.
/// - An error carries PostgreSQL's message and SQLSTATE: 22003 out of range, 22012 division by zero, 22P02 invalid text, 22007 and
///   22008 dates and times, 2201E logarithm, 2201F power, 22023 invalid parameter.
public struct SQLiteFunction: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case scalar
        /// Plain aggregate only.
        case aggregate
        /// Also over a moving frame (`xValue`, `xInverse`).
        case windowAggregate
    }

    public let name: String
    /// -1: any number.
    public let argumentCount: Int
    public let kind: Kind
    /// Arguments in order, result, errors.
    public let meaning: String

    static func scalar(_ name: String, _ count: Int, _ meaning: String) -> SQLiteFunction {
        SQLiteFunction(name: name, argumentCount: count, kind: .scalar, meaning: meaning)
    }

    static func window(_ name: String, _ count: Int, _ meaning: String) -> SQLiteFunction {
        SQLiteFunction(name: name, argumentCount: count, kind: .windowAggregate, meaning: meaning)
    }

    static func aggregate(_ name: String, _ count: Int, _ meaning: String) -> SQLiteFunction {
        SQLiteFunction(name: name, argumentCount: count, kind: .aggregate, meaning: meaning)
    }
}

/// Every registered function, by subject.
public enum SQLiteFunctions {
    public static let all: [SQLiteFunction] =
        integers + floats + numerics + casts + texts + patterns + regularExpressions + formats + dates + intervals + json + arrays + rows + aggregates + orderedAggregates + extremes + guards

    /// One name can have several argument counts.
    public static let byName = Dictionary(grouping: all, by: \.name)
}
