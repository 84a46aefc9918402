/// Reads a text by a template as `to_date` and `to_timestamp` do: loose about blanks and separators, a field as long as digits go where the
/// next part of the template is no digit, exactly as wide as the field where it is one, and whatever stands behind the template ignored.
struct MomentReader {
    private enum Node {
        case blank, separator
        /// Any other character; whether it is a digit.
        case character(isDigit: Bool)
        case field(DatePicture.Field)
    }

    /// Digits wanted of each field that can be read.
    private static let widths: [String: Int] = [
        "YYYY": 4, "YY": 2, "MM": 2, "DD": 2, "HH24": 2, "HH12": 2, "HH": 2, "MI": 2, "SS": 2, "MS": 3, "US": 6, "FF1": 1, "FF2": 2, "FF3": 3,
        "FF4": 4, "FF5": 5, "FF6": 6,
    ]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    private static let halves = ["am": 0, "pm": 1, "a.m.": 0, "p.m.": 1]

    private let nodes: [Node]
    private let text: [UInt8]
    private var at = 0
    private var values: [String: Int] = [:]

    init(_ text: UnsafeBufferPointer<UInt8>, _ picture: DatePicture) throws(PostgresError) {
        try Self.check(picture)
        self.text = Array(text)
        var nodes: [Node] = []
        for part in picture.parts {
            switch part {
            case .field(let field): nodes.append(.field(field))
            case .quoted(let bytes): nodes += bytes.filter { $0 & 0xC0 != 0x80 }.map { .character(isDigit: $0.isDigit) }
            case .text(let bytes):
                nodes += bytes.filter { $0 & 0xC0 != 0x80 }.map {
                    Self.isSeparator($0) ? .separator : Self.isBlank($0) ? .blank : .character(isDigit: $0.isDigit)
                }
            }
        }
        self.nodes = nodes
    }

    /// Refuses what cannot be read exactly.
    static func check(_ picture: DatePicture) throws(PostgresError) {
        if picture.isExact { throw .notSupported("FX in a format to read by") }
        for case .field(let field) in picture.parts {
            let name = field.keyword.uppercased()
            guard field.ordinal == nil, widths[name] != nil || ["MONTH", "MON"].contains(name) || halves[name.lowercased()] != nil else {
                throw .notSupported("\(field.keyword) in a format to read by")
            }
        }
    }

    mutating func read() throws(PostgresError) -> ClockTime {
        var extra = 0
        for (index, node) in nodes.enumerated() {
            guard at < text.count else { break }
            if case .field = node { extra += skipBlanks() } else if index == 0 { extra += skipBlanks() }
            switch node {
            case .blank, .separator:
                extra -= 1
                if at < text.count, Self.isBlank(text[at]) || Self.isSeparator(text[at]) {
                    at += 1
                    extra += 1
                }
            case .character:
                if extra > 0 { extra -= 1 } else { skipCharacter() }
            case .field(let field):
                try read(field, next: index + 1 < nodes.count ? nodes[index + 1] : nil)
                extra = skipBlanks()
            }
        }
        return try moment()
    }

    private mutating func read(_ field: DatePicture.Field, next: Node?) throws(PostgresError) {
        let name = field.keyword.uppercased()
        switch name {
        case "MONTH", "MON":
            let names = name == "MON" ? Self.months.map { String($0.prefix(3)) } : Self.months
            guard let month = names.firstIndex(where: { take($0) }) else { throw unmatched(field) }
            try set("MM", month + 1, field)
        case "AM", "PM", "A.M.", "P.M.":
            let forms = name.count == 2 ? ["am", "pm"] : ["a.m.", "p.m."]
            guard let half = forms.firstIndex(where: { take($0) }) else { throw unmatched(field) }
            try set("PM", half, field)
            values["CLOCK12"] = 1
        case "HH", "HH12":
            try set("HH", try integer(field, 2, next).value, field)
            values["CLOCK12"] = 1
        case "HH24": try set("HH", try integer(field, 2, next).value, field)
        case "YY":
            let (year, length) = try integer(field, 2, next)
            try set("YYYY", length < 4 ? Self.near2020(year) : year, field)
        case "MS", "US", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6":
            let (digits, length) = try integer(field, Self.widths[name] ?? 6, next)
            var scaled = digits
            // 25 is a quarter, as 250 is; 025 is less.
            for _ in 0..<max(0, (name == "MS" ? 3 : 6) - length) { scaled *= 10 }
            try set(name == "MS" ? "MS" : "US", scaled, field)
        default: try set(name, try integer(field, Self.widths[name] ?? 2, next).value, field)
        }
    }

    /// As C's `strtol`; the length in bytes, blanks and sign included.
    private mutating func integer(_ field: DatePicture.Field, _ width: Int, _ next: Node?) throws(PostgresError) -> (value: Int, length: Int) {
        let start = at
        let isOpen = field.isBare || Self.endsNumber(next)
        if !isOpen {
            _ = skipBlanks()
            if text.count - at < width {
                throw PostgresError(
                    "22007", "source string too short for \"\(field.keyword)\" formatting field",
                    detail: "Field requires \(width) characters, but only \(text.count - at) remain.")
            }
        }
        let first = at, end = isOpen ? text.count : at + width
        var place = at
        while place < end, Self.isBlank(text[place]) { place += 1 }
        let isNegative = place < end && text[place] == UInt8(ascii: "-")
        if place < end, isNegative || text[place] == UInt8(ascii: "+") { place += 1 }
        let digits = place
        var value = 0
        while place < end, text[place].isDigit {
            value = min(value, 1 << 40) * 10 + Int(text[place] & 15)
            place += 1
        }
        let used = place > digits ? place - first : 0
        if !isOpen, used > 0, used < width {
            throw PostgresError(
                "22007", "invalid value \"\(String(decoding: text[first..<end], as: UTF8.self))\" for \"\(field.keyword)\"",
                detail: "Field requires \(width) characters, but only \(used) could be parsed.")
        }
        at = used > 0 ? place : first
        if at == start {
            throw PostgresError(
                "22007",
                "invalid value \"\(String(decoding: text[start..<min(text.count, start + width)], as: UTF8.self))\" for \"\(field.keyword)\"",
                detail: "Value must be an integer.")
        }
        if value > Int(Int32.max) {
            throw PostgresError(
                "22008", "value for \"\(field.keyword)\" in source string is out of range",
                detail: "Value must be in the range -2147483648 to 2147483647.")
        }
        return (isNegative ? -value : value, at - start)
    }

    /// Nothing, another kind of field or a sign ends a number; a field of digits or a digit does not.
    private static func endsNumber(_ next: Node?) -> Bool {
        switch next {
        case nil, .blank, .separator: true
        case .character(let isDigit): !isDigit
        case .field(let field): widths[field.keyword.uppercased()] == nil
        }
    }

    private mutating func set(_ name: String, _ value: Int, _ field: DatePicture.Field) throws(PostgresError) {
        if let known = values[name], known != 0, known != value {
            throw PostgresError(
                "22007", "conflicting values for \"\(field.keyword)\" field in formatting string",
                detail: "This value contradicts a previous setting for the same field type.")
        }
        values[name] = value
    }

    /// The word, in whatever case.
    private mutating func take(_ word: String) -> Bool {
        guard text[at...].prefix(word.utf8.count).map({ $0 | 0x20 }).elementsEqual(word.utf8.map { $0 | 0x20 }) else { return false }
        at += word.utf8.count
        return true
    }

    private func unmatched(_ field: DatePicture.Field) -> PostgresError {
        let word = text[at...].prefix { !Self.isBlank($0) }
        return PostgresError(
            "22007", "invalid value \"\(String(decoding: word, as: UTF8.self))\" for \"\(field.keyword)\"",
            detail: "The given value did not match any of the allowed values for this field.")
    }

    // MARK: The moment

    private func moment() throws(PostgresError) -> ClockTime {
        let outOfRange = PostgresError("22008", "date/time field value out of range: \"\(String(decoding: text, as: UTF8.self))\"")
        func value(_ name: String) -> Int { values[name] ?? 0 }
        var hour = value("HH")
        if values["CLOCK12"] != nil {
            guard (1...12).contains(hour) else {
                throw PostgresError("22007", "hour \"\(hour)\" is invalid for the 12-hour clock")
            }
            hour = hour % 12 + (value("PM") == 1 ? 12 : 0)
        }
        // A field that is 0 counts as one that is not there.
        let year = value("YYYY") < 0 ? value("YYYY") + 1 : value("YYYY"), month = value("MM") == 0 ? 1 : value("MM"),
            day = value("DD") == 0 ? 1 : value("DD")
        guard (1...12).contains(month), (1...31).contains(day) else { throw outOfRange }
        if value("YYYY") != 0, value("MM") != 0, day > CivilDay.daysInMonth(month, ofYear: year) { throw outOfRange }
        let fraction = value("MS") * 1_000 + value("US")
        guard (0..<24).contains(hour), (0..<60).contains(value("MI")), (0..<60).contains(value("SS")), (0..<1_000_000).contains(fraction) else {
            throw outOfRange
        }
        // A day that the month does not have goes on into the next where no year was read.
        let date = CivilDay(daysSince1970: CivilDay(year: year, month: month, day: 1).daysSince1970 + day - 1)
        return ClockTime(date: date, microseconds: Int64((hour * 60 + value("MI")) * 60 + value("SS")) * 1_000_000 + Int64(fraction))
    }

    // MARK: Characters

    private mutating func skipBlanks() -> Int {
        let start = at
        while at < text.count, Self.isBlank(text[at]) { at += 1 }
        return at - start
    }

    private mutating func skipCharacter() {
        guard at < text.count else { return }
        at += 1
        while at < text.count, text[at] & 0xC0 == 0x80 { at += 1 }
    }

    private static func near2020(_ year: Int) -> Int {
        year < 70 ? year + 2000 : year < 100 ? year + 1900 : year < 520 ? year + 2000 : year < 1000 ? year + 1000 : year
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        (0x21..<0x7F).contains(byte) && !byte.isDigit && !(0x41...0x5A).contains(byte) && !(0x61...0x7A).contains(byte)
    }
}
