/// Reads dates and times in ISO 8601's order, as PostgreSQL reads them under any DateStyle: `2024-1-31`, `20240131`,
/// `2024-01-31 10:00:00.5+05:30`, `2024-01-31T10:00Z`, `0044-03-15 BC`, `infinity`, `epoch`.
///
/// What PostgreSQL reads besides (names of months, other orders, am and pm) is refused as not supported.
struct DateTimeReader {
    enum Reading {
        case infinity
        case negativeInfinity
        case moment(date: CivilDay, time: Int64, zone: ZoneField?)
    }

    enum ZoneField {
        case offset(Int)
        case named(Zone)
    }

    private let original: UnsafeBufferPointer<UInt8>
    private let text: UnsafeBufferPointer<UInt8>
    private let type: String
    private var at = 0

    private init(_ original: UnsafeBufferPointer<UInt8>, type: String) {
        self.original = original
        text = original.trimmed
        self.type = type
    }

    static func date(_ text: UnsafeBufferPointer<UInt8>, type: String) throws(PostgresError) -> Reading {
        var reader = DateTimeReader(text, type: type)
        return try reader.moment()
    }

    /// A time of day without a date.
    static func time(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int64 {
        var reader = DateTimeReader(text, type: "time")
        guard let first = reader.next else { throw reader.invalid }
        guard first.isDigit else { throw reader.unknown }
        let result = try reader.clock()
        reader.skipSpaces()
        guard reader.next == nil else { throw reader.unknown }
        return result
    }

    // MARK: Errors

    private var invalid: PostgresError { PostgresError("22007", "invalid input syntax for type \(type): \"\(quoted)\"") }
    private var outOfRange: PostgresError { PostgresError("22008", "date/time field value out of range: \"\(quoted)\"") }
    private var quoted: String { String(decoding: original, as: UTF8.self) }

    /// Text without a digit is no date to PostgreSQL either; the rest may be one.
    private var unknown: PostgresError {
        text.contains { $0.isDigit } ? .notSupported("reading \"\(quoted)\" as \(type)") : invalid
    }

    // MARK: Reading

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private mutating func skipSpaces() { while let byte = next, byte.isSpace { at += 1 } }

    private mutating func moment() throws(PostgresError) -> Reading {
        if text.equalsIgnoringCase("infinity") { return .infinity }
        if text.equalsIgnoringCase("-infinity") { return .negativeInfinity }
        if text.equalsIgnoringCase("epoch") { return .moment(date: CivilDay(daysSince1970: 0), time: 0, zone: .offset(0)) }
        guard !text.isEmpty else { throw invalid }
        var date = try day()
        var time: Int64 = 0
        var zone: ZoneField?
        let hadSpace = next?.isSpace == true
        if let byte = next, byte == UInt8(ascii: "T") || byte == UInt8(ascii: "t"), at + 1 < text.count, text[at + 1].isDigit { at += 1 }
        skipSpaces()
        if let byte = next, byte.isDigit {
            guard hadSpace || text[at - 1].lowered == UInt8(ascii: "t") else { throw unknown }
            time = try clock()
            skipSpaces()
            if let byte = next, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { zone = .offset(try offset()) }
        }
        var isBefore = false
        while true {
            skipSpaces()
            guard next != nil else { break }
            let word = word()
            if word.isEmpty { throw unknown }
            if word == "bc" {
                isBefore = true
            } else if word == "ad" {
                continue
            } else if zone == nil {
                zone = try named(word)
            } else {
                throw unknown
            }
        }
        if isBefore {
            guard date.year > 0 else { throw outOfRange }
            date.year = 1 - date.year
        } else if date.year == 0 {
            throw outOfRange
        }
        guard date.day <= CivilDay.daysInMonth(date.month, ofYear: date.year) else { throw outOfRange }
        return .moment(date: date, time: time, zone: zone)
    }

    private mutating func digits() -> (value: Int, count: Int) {
        let start = at
        var value = 0
        while let byte = next, byte.isDigit {
            if value < 1 << 50 { value = value * 10 + Int(byte & 15) }
            at += 1
        }
        return (value, at - start)
    }

    private mutating func day() throws(PostgresError) -> CivilDay {
        let first = digits()
        guard first.count > 0 else { throw unknown }
        if first.count == 8, next != UInt8(ascii: "-"), next != UInt8(ascii: "/") {
            return try checked(first.value / 10_000, first.value / 100 % 100, first.value % 100)
        }
        // Two digits could be a day or a month.
        guard first.count >= 3, let separator = next, separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") else { throw unknown }
        at += 1
        let month = digits()
        guard (1...2).contains(month.count), next == separator else { throw unknown }
        at += 1
        let day = digits()
        guard (1...2).contains(day.count) else { throw unknown }
        return try checked(first.value, month.value, day.value)
    }

    private func checked(_ year: Int, _ month: Int, _ day: Int) throws(PostgresError) -> CivilDay {
        guard (1...12).contains(month), (1...31).contains(day) else { throw outOfRange }
        guard year < 10_000_000 else { throw PostgresError("22008", "\(type == "date" ? "date" : "timestamp") out of range: \"\(quoted)\"") }
        return CivilDay(year: year, month: month, day: day)
    }

    /// `h:mm[:ss[.fraction]]` in microseconds.
    private mutating func clock() throws(PostgresError) -> Int64 {
        let hour = digits()
        guard (1...2).contains(hour.count), next == UInt8(ascii: ":") else { throw unknown }
        at += 1
        let minute = digits()
        guard (1...2).contains(minute.count) else { throw unknown }
        var second = (value: 0, count: 0)
        var fraction: Int64 = 0
        if next == UInt8(ascii: ":") {
            at += 1
            second = digits()
            guard (1...2).contains(second.count) else { throw unknown }
            if next == UInt8(ascii: ".") { fraction = readFraction() }
        } else if next == UInt8(ascii: ".") {
            throw unknown
        }
        guard minute.value < 60, second.value <= 60, hour.value <= 24 else { throw outOfRange }
        let total = Int64(hour.value * 3600 + minute.value * 60 + second.value) * 1_000_000 + fraction
        guard total <= Timestamps.perDay else { throw outOfRange }
        return total
    }

    /// Microseconds, rounded as PostgreSQL rounds them: by way of a double.
    private mutating func readFraction() -> Int64 {
        let start = at
        at += 1
        _ = digits()
        if at - start <= 7 {
            return text[(start + 1)..<at].reduce((Int64(0), Int64(100_000))) { ($0.0 + Int64($1 & 15) * $0.1, $0.1 / 10) }.0
        }
        let value = Double("0" + String(decoding: text[start..<at], as: UTF8.self)) ?? 0
        return Int64((value * 1_000_000).rounded(.toNearestOrEven))
    }

    /// `+05`, `+05:30`, `+0530`, `-08:00:30`: seconds east of UTC.
    private mutating func offset() throws(PostgresError) -> Int {
        let sign = text[at] == UInt8(ascii: "-") ? -1 : 1
        at += 1
        var hour = digits()
        var minute = 0
        var second = 0
        switch hour.count {
        case 1, 2:
            if next == UInt8(ascii: ":") {
                at += 1
                minute = digits().value
                if next == UInt8(ascii: ":") {
                    at += 1
                    second = digits().value
                }
            }
        case 3, 4:
            minute = hour.value % 100
            hour.value /= 100
        default: throw unknown
        }
        guard hour.value <= 15, minute < 60, second < 60 else {
            throw PostgresError("22009", "time zone displacement out of range: \"\(quoted)\"")
        }
        return sign * (hour.value * 3600 + minute * 60 + second)
    }

    /// The next word in lower case.
    private mutating func word() -> String {
        let start = at
        while let byte = next, byte.isLetter || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_") { at += 1 }
        return String(decoding: text[start..<at].map(\.lowered), as: UTF8.self)
    }

    private func named(_ word: String) throws(PostgresError) -> ZoneField {
        if word == "z" { return .offset(0) }
        if let next, !next.isSpace { throw unknown }
        return .named(try Zone.named(word))
    }
}
