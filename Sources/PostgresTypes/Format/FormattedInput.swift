/// `to_date`, `to_timestamp` and `to_number`, where text and template agree character by character.
///
/// PostgreSQL reads much more loosely; what is not plainly of the template's form is refused.
public enum FormattedInput {
    /// Digits wanted of each field.
    private static let widths: [String: Int] = ["YYYY": 4, "MM": 2, "DD": 2, "HH24": 2, "MI": 2, "SS": 2, "MS": 3, "US": 6]

    public static func moment(_ text: UnsafeBufferPointer<UInt8>, _ picture: DatePicture) throws(PostgresError) -> ClockTime {
        let refused = PostgresError.notSupported("reading \"\(String(decoding: text, as: UTF8.self))\" by this format")
        let outOfRange = PostgresError("22008", "date/time field value out of range: \"\(String(decoding: text, as: UTF8.self))\"")
        var values: [String: Int] = [:]
        var at = 0
        for part in picture.parts {
            switch part {
            case .text(let separator):
                guard text[at...].starts(with: separator), separator.allSatisfy({ !$0.isLetter && !$0.isDigit && $0 < 0x80 }) else { throw refused }
                at += separator.count
            case .field(let field):
                let name = field.keyword.uppercased()
                guard let width = widths[name], field.ordinal == nil, !field.isBare, values[name] == nil, at + width <= text.count else {
                    throw refused
                }
                let digits = text[at..<(at + width)]
                guard digits.allSatisfy(\.isDigit) else { throw refused }
                values[name] = digits.reduce(0) { $0 * 10 + Int($1 & 15) }
                at += width
            }
        }
        guard at == text.count, values["MS"] == nil || values["US"] == nil else { throw refused }
        let date = CivilDay(year: values["YYYY"] ?? 0, month: values["MM"] ?? 1, day: values["DD"] ?? 1)
        guard values["YYYY"] != nil, date.year > 0 else { throw refused }
        guard (1...12).contains(date.month), date.day >= 1, date.day <= CivilDay.daysInMonth(date.month, ofYear: date.year) else { throw outOfRange }
        let (hour, minute, second) = (values["HH24"] ?? 0, values["MI"] ?? 0, values["SS"] ?? 0)
        guard hour < 24, minute < 60, second < 60 else { throw outOfRange }
        let fraction = (values["MS"] ?? 0) * 1_000 + (values["US"] ?? 0)
        return ClockTime(date: date, microseconds: Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(fraction))
    }

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
