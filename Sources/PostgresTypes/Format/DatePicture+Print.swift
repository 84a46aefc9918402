extension DatePicture {
    /// `to_char` of a timestamp; with a zone's offset, of a timestamptz. Infinities have no text.
    public func write(_ clock: ClockTime, offset: Int?, to out: inout [UInt8]) throws(PostgresError) {
        for part in parts {
            switch part {
            case .text(let text), .quoted(let text): out += text
            case .field(let field):
                let start = out.count
                try write(field, clock, offset, to: &out)
                if let ordinal = field.ordinal { try Self.writeOrdinal(ordinal, after: start, in: &out) }
            }
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]

    private func write(_ field: Field, _ clock: ClockTime, _ offset: Int?, to out: inout [UInt8]) throws(PostgresError) {
        let date = clock.date
        let number = { (value: Int, width: Int, out: inout [UInt8]) in Self.write(value, width: field.isBare ? 0 : width, to: &out) }
        let days = date.daysSince1970
        let weekday = CivilDay.weekday(daysSince1970: days)
        switch field.keyword.uppercased() {
        case "AM", "PM": Self.write(clock.hour >= 12 ? "PM" : "AM", like: field, width: 0, to: &out)
        case "A.M.", "P.M.": Self.write(clock.hour >= 12 ? "P.M." : "A.M.", like: field, width: 0, to: &out)
        case "AD", "BC": Self.write(date.year <= 0 ? "BC" : "AD", like: field, width: 0, to: &out)
        case "A.D.", "B.C.": Self.write(date.year <= 0 ? "B.C." : "A.D.", like: field, width: 0, to: &out)
        case "HH", "HH12": number((clock.hour + 11) % 12 + 1, 2, &out)
        case "HH24": number(clock.hour, 2, &out)
        case "MI": number(clock.minute, 2, &out)
        case "SS": number(clock.second, 2, &out)
        case "MS": DecimalDigits.write(UInt64(clock.fraction / 1_000), width: 3, to: &out)
        case "US", "FF6": DecimalDigits.write(UInt64(clock.fraction), width: 6, to: &out)
        case "FF1": DecimalDigits.write(UInt64(clock.fraction / 100_000), width: 1, to: &out)
        case "FF2": DecimalDigits.write(UInt64(clock.fraction / 10_000), width: 2, to: &out)
        case "FF3": DecimalDigits.write(UInt64(clock.fraction / 1_000), width: 3, to: &out)
        case "FF4": DecimalDigits.write(UInt64(clock.fraction / 100), width: 4, to: &out)
        case "FF5": DecimalDigits.write(UInt64(clock.fraction / 10), width: 5, to: &out)
        case "SSSS", "SSSSS": DecimalDigits.write(clock.microseconds / 1_000_000, to: &out)
        case "TZ": if offset != nil { throw .notSupported("TZ in a format") }
        case "TZH": Self.writeZoneHour(offset ?? 0, width: 2, to: &out)
        case "TZM": DecimalDigits.write(UInt64(abs(offset ?? 0) % 3600 / 60), width: 2, to: &out)
        case "OF":
            Self.writeZoneHour(offset ?? 0, width: field.isBare ? 0 : 2, to: &out)
            if abs(offset ?? 0) % 3600 / 60 != 0 {
                out.append(UInt8(ascii: ":"))
                DecimalDigits.write(UInt64(abs(offset ?? 0) % 3600 / 60), width: 2, to: &out)
            }
        case "MONTH": Self.write(Self.months[date.month - 1], like: field, width: 9, to: &out)
        case "MON": Self.write(String(Self.months[date.month - 1].prefix(3)), like: field, width: 0, to: &out)
        case "RM": Self.write(Self.romans[date.month - 1], like: field, width: 4, to: &out)
        case "MM": number(date.month, 2, &out)
        case "DAY": Self.write(Self.days[weekday], like: field, width: 9, to: &out)
        case "DY": Self.write(String(Self.days[weekday].prefix(3)), like: field, width: 0, to: &out)
        case "DDD": number(date.dayOfYear, 3, &out)
        case "DD": number(date.day, 2, &out)
        case "D": number(weekday + 1, 0, &out)
        case "ID": number((weekday + 6) % 7 + 1, 0, &out)
        case "IDDD":
            let (_, week) = CivilDay.isoWeek(daysSince1970: days)
            number((week - 1) * 7 + (weekday + 6) % 7 + 1, 3, &out)
        case "WW": number((date.dayOfYear - 1) / 7 + 1, 2, &out)
        case "W": number((date.day - 1) / 7 + 1, 0, &out)
        case "IW": number(CivilDay.isoWeek(daysSince1970: days).week, 2, &out)
        case "Q": number((date.month - 1) / 3 + 1, 0, &out)
        case "J": number(days + 2_440_588, 0, &out)
        default: try writeYear(field, clock.date, to: &out)
        }
    }

    private func writeYear(_ field: Field, _ date: CivilDay, to out: inout [UInt8]) throws(PostgresError) {
        let keyword = field.keyword.uppercased()
        let isISO = keyword.hasPrefix("I")
        let year = isISO ? CivilDay.isoWeek(daysSince1970: date.daysSince1970).year : date.year
        let shown = year <= 0 ? 1 - year : year
        let number = { (value: Int, width: Int, out: inout [UInt8]) in Self.write(value, width: field.isBare ? 0 : width, to: &out) }
        switch keyword {
        case "YYYY", "IYYY": number(shown, 4, &out)
        case "YYY", "IYY": number(shown % 1000, 3, &out)
        case "YY", "IY": number(shown % 100, 2, &out)
        case "Y", "I": number(shown % 10, 1, &out)
        case "Y,YYY":
            DecimalDigits.write(Int64(shown / 1000), to: &out)
            out.append(UInt8(ascii: ","))
            DecimalDigits.write(UInt64(shown % 1000), width: 3, to: &out)
        case "CC":
            let century = date.year > 0 ? (date.year - 1) / 100 + 1 : date.year / 100 - 1
            number(century, century >= 0 ? 2 : 3, &out)
        default: throw .notSupported("\(field.keyword) in a format")
        }
    }

    /// With zeros in front up to the width, which counts a minus sign.
    static func write(_ value: Int, width: Int, to out: inout [UInt8]) {
        if value < 0 { out.append(UInt8(ascii: "-")) }
        DecimalDigits.writePadded(UInt64(value.magnitude), width: max(1, value < 0 ? width - 1 : width), to: &out)
    }

    /// In the keyword's own case, blanks behind up to the width.
    private static func write(_ name: String, like field: Field, width: Int, to out: inout [UInt8]) {
        let keyword = Array(field.keyword.utf8.filter(\.isLetter))
        let isUpper = keyword.count > 1 && keyword[1] == keyword[1] & 0xdf && keyword[0] == keyword[0] & 0xdf
        let isLower = keyword.first.map { $0 == $0.lowered } ?? false
        out += (isUpper ? name.uppercased() : isLower ? name.lowercased() : name).utf8
        if !field.isBare { out += repeatElement(UInt8(ascii: " "), count: max(0, width - name.utf8.count)) }
    }

    private static func writeZoneHour(_ offset: Int, width: Int, to out: inout [UInt8]) {
        out.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        DecimalDigits.writePadded(UInt64(abs(offset) / 3600), width: max(1, width), to: &out)
    }

    /// `st`, `nd`, `rd` or `th` after the number just written.
    private static func writeOrdinal(_ ordinal: Ordinal, after start: Int, in out: inout [UInt8]) throws(PostgresError) {
        guard let last = out[start...].last, last.isDigit else {
            throw PostgresError("22P02", "\"\(String(decoding: out[start...], as: UTF8.self))\" is not a number")
        }
        let isTeen = out.count - start > 1 && out[out.count - 2] == UInt8(ascii: "1")
        let suffix = isTeen ? "th" : last == UInt8(ascii: "1") ? "st" : last == UInt8(ascii: "2") ? "nd" : last == UInt8(ascii: "3") ? "rd" : "th"
        out += (ordinal == .upper ? suffix.uppercased() : suffix).utf8
    }
}
