public import FeatureModel

/// What PostgreSQL says when a value cannot be read or computed: its own code and its own words.
public struct PostgresError: Failure, Hashable {
    /// PostgreSQL's five-character code, e.g. `22012`.
    public let state: String
    public let message: String
    /// PostgreSQL's DETAIL line.
    public let detail: String?

    public init(_ state: String, _ message: String, detail: String? = nil) {
        self.state = state
        self.message = message
        self.detail = detail
    }

    public var code: String { "sql_failed" }
    public var fault: Fault { .refused }
    public var reason: String { detail.map { "\(message): \($0)" } ?? message }
    public var sqlstate: String? { state }
}

extension PostgresError {
    public static let divisionByZero = PostgresError("22012", "division by zero")
    public static let integerOutOfRange = PostgresError("22003", "integer out of range")
    public static let bigintOutOfRange = PostgresError("22003", "bigint out of range")
    public static let smallintOutOfRange = PostgresError("22003", "smallint out of range")
    public static let numericOverflow = PostgresError("22003", "value overflows numeric format")
    public static let floatOverflow = PostgresError("22003", "value out of range: overflow")
    public static let floatUnderflow = PostgresError("22003", "value out of range: underflow")
    public static let timestampOutOfRange = PostgresError("22008", "timestamp out of range")
    public static let dateOutOfRange = PostgresError("22008", "date out of range")
    public static let intervalOutOfRange = PostgresError("22008", "interval out of range")

    /// `invalid input syntax for type integer: "12abc"`.
    public static func invalidSyntax(_ type: String, _ text: some Sequence<UInt8>) -> PostgresError {
        PostgresError("22P02", "invalid input syntax for type \(type): \"\(String(decoding: Array(text), as: UTF8.self))\"")
    }

    /// `value "99999999999" is out of range for type integer`.
    public static func outOfRange(_ type: String, _ text: some Sequence<UInt8>) -> PostgresError {
        PostgresError("22003", "value \"\(String(decoding: Array(text), as: UTF8.self))\" is out of range for type \(type)")
    }

    /// `cannot convert NaN to integer`.
    public static func cannotConvert(_ value: String, to type: String) -> PostgresError {
        PostgresError("0A000", "cannot convert \(value) to \(type)")
    }

    /// What PostgreSQL can do and this room refuses, because it cannot be done exactly here.
    public static func notSupported(_ what: String) -> PostgresError { PostgresError("0A000", "\(what) is not supported") }
}
