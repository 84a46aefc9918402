/// `to_date` and `to_timestamp` (``MomentReader``), and `to_number` where text and template agree character by character: PostgreSQL reads
/// numbers much more loosely; what is not plainly of the template's form is refused.
public enum FormattedInput {
    public static func moment(_ text: UnsafeBufferPointer<UInt8>, _ picture: DatePicture) throws(PostgresError) -> ClockTime {
        var reader = try MomentReader(text, picture)
        return try reader.read()
    }

    /// Days since 1970.
    public static func date(_ text: UnsafeBufferPointer<UInt8>, _ picture: DatePicture) throws(PostgresError) -> Int64 {
        let day = Int64(try moment(text, picture).date.daysSince1970)
        guard day >= Dates.earliest, day < Dates.end else {
            throw PostgresError("22008", "date out of range: \"\(String(decoding: text, as: UTF8.self))\"")
        }
        return day
    }

    /// Refuses what ``moment(_:_:)`` cannot read exactly.
    public static func check(_ picture: DatePicture) throws(PostgresError) { try MomentReader.check(picture) }

    /// A sign, digits and a point, no more of them than the template has places.
    public static func number(_ text: UnsafeBufferPointer<UInt8>, _ picture: NumberPicture) throws(PostgresError) -> Numeric {
        let refused = PostgresError.notSupported("reading \"\(String(decoding: text, as: UTF8.self))\" by this format")
        let isPlain = picture.parts.allSatisfy { part in
            switch part {
            case .nine, .zero, .point: true
            default: false
            }
        }
        let unsigned = text.first == UInt8(ascii: "-") ? text.dropping(1) : text
        let point = unsigned.firstIndex(of: UInt8(ascii: ".")) ?? unsigned.count
        guard isPlain, !picture.isBracketed, point > 0, point <= picture.wholeDigits, max(0, unsigned.count - point - 1) <= picture.fractionDigits,
            unsigned.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }), unsigned.count(where: { $0 == UInt8(ascii: ".") }) <= 1,
            point == unsigned.count || picture.hasPoint && point < unsigned.count - 1
        else { throw refused }
        return try Numeric(parsing: text)
    }
}
