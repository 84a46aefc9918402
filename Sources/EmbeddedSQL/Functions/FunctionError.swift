/// An error that a registered function raises with PostgreSQL's code, e.g. `22012` for a division by zero.
///
/// It travels through SQLite as the text `PG<sqlstate> <message>`; ``SQLiteError`` takes it apart again.
public struct FunctionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Five upper-case letters and digits.
    public let sqlstate: String
    /// PostgreSQL's own words, e.g. `division by zero`.
    public let message: String

    public init(sqlstate: String, message: String) {
        self.sqlstate = sqlstate
        self.message = message
    }

    public var description: String { "PG\(sqlstate) \(message)" }

    static func parse(_ text: String) -> (sqlstate: String, message: String)? {
        let bytes = Array(text.utf8.prefix(8))
        guard bytes.count == 8, bytes[0] == UInt8(ascii: "P"), bytes[1] == UInt8(ascii: "G"), bytes[7] == UInt8(ascii: " "),
            bytes[2..<7].allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) })
        else { return nil }
        return (String(decoding: bytes[2..<7], as: UTF8.self), String(text.dropFirst(8)))
    }
}
