/// Reads interval texts: PostgreSQL's own form, quantities with units, `1 12:30:00`, `1-2`, ISO 8601's `P1Y2M3DT4H5M6S`, a final `ago`.
struct IntervalReader {
    let original: UnsafeBufferPointer<UInt8>
    let text: [UInt8]
    var at = 0
    var years: Int64 = 0
    var months: Int64 = 0
    var days: Int64 = 0
    var time: Int64 = 0

    static func read(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Interval {
        var reader = IntervalReader(text)
        return try reader.interval()
    }

    private init(_ original: UnsafeBufferPointer<UInt8>) {
        self.original = original
        text = original.trimmed.map(\.lowered)
    }

    var invalid: PostgresError {
        PostgresError("22007", "invalid input syntax for type interval: \"\(String(decoding: original, as: UTF8.self))\"")
    }

    var outOfRange: PostgresError {
        PostgresError("22015", "interval field value out of range: \"\(String(decoding: original, as: UTF8.self))\"")
    }

    var next: UInt8? { at < text.count ? text[at] : nil }

    mutating func skipSpaces() { while let byte = next, byte.isSpace { at += 1 } }

    mutating func interval() throws(PostgresError) -> Interval {
        guard let first = next else { throw invalid }
        if first == UInt8(ascii: "p") { try iso() } else { try fields() }
        guard Int32(exactly: years) != nil, Int32(exactly: months) != nil, let wholeDays = Int32(exactly: days) else { throw outOfRange }
        guard let wholeMonths = Int32(exactly: years * 12 + months) else { throw .intervalOutOfRange }
        return Interval(months: wholeMonths, days: wholeDays, microseconds: time)
    }

    // MARK: Quantities

    /// A number with its sign, its whole part and the rest.
    struct Quantity {
        var whole: Int64
        var fraction: Double
        var isNegative: Bool
    }

    mutating func fields() throws(PostgresError) {
        var seen: Set<TimeUnit> = []
        var sawTime = false
        var sawAnything = false
        var isBefore = false
        var endsInBareNumber = false
        if next == UInt8(ascii: "@") { at += 1 }
        while true {
            skipSpaces()
            guard let byte = next else { break }
            if byte.isLetter {
                guard word() == "ago", sawAnything, !endsInBareNumber else { throw invalid }
                isBefore = true
                continue
            }
            guard !isBefore else { throw invalid }
            let quantity = try quantity()
            sawAnything = true
            if next == UInt8(ascii: ":") {
                guard !sawTime, quantity.fraction == 0, seen.isDisjoint(with: [.second, .minute, .hour]) else { throw invalid }
                sawTime = true
                try clock(hours: quantity)
                continue
            }
            if next == UInt8(ascii: "-"), quantity.fraction == 0, at > 0, text[at - 1].isDigit {
                try yearsAndMonths(quantity, &seen)
                continue
            }
            skipSpaces()
            let unit: TimeUnit
            if let byte = next, byte.isLetter {
                let start = at
                let name = word()
                if name == "ago" {
                    at = start
                    endsInBareNumber = true
                    unit = .second
                } else {
                    guard let named = TimeUnit.named(name), named != .quarter else { throw invalid }
                    unit = named
                }
            } else if let byte = next, timeFollows(byte) {
                // SQL's form: a bare number before a time is days.
                unit = .day
            } else {
                guard next == nil else { throw invalid }
                unit = .second
            }
            guard seen.insert(unit).inserted, !(sawTime && [.second, .minute, .hour].contains(unit)) else { throw invalid }
            try add(quantity, unit)
        }
        guard sawAnything else { throw invalid }
        if isBefore { (years, months, days, time) = (-years, -months, -days, -time) }
    }

    mutating func word() -> String {
        let start = at
        while let byte = next, byte.isLetter { at += 1 }
        return String(decoding: text[start..<at], as: UTF8.self)
    }

    func timeFollows(_ byte: UInt8) -> Bool {
        var index = byte.isDigit ? at : at + 1
        let start = index
        while index < text.count, text[index].isDigit { index += 1 }
        return index > start && index < text.count && text[index] == UInt8(ascii: ":")
    }

    mutating func quantity() throws(PostgresError) -> Quantity {
        var isNegative = false
        if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") {
            isNegative = next == UInt8(ascii: "-")
            at += 1
            skipSpaces()
        }
        let start = at
        var whole: Int64 = 0
        var overflow = false
        while let byte = next, byte.isDigit {
            let (product, first) = whole.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.subtractingReportingOverflow(Int64(byte & 15))
            overflow = overflow || first || second
            whole = sum
            at += 1
        }
        var fraction = 0.0
        let wholeDigits = at - start
        if next == UInt8(ascii: ".") {
            let point = at
            at += 1
            while let byte = next, byte.isDigit { at += 1 }
            fraction = Double("0" + String(decoding: text[point..<at], as: UTF8.self) + "0") ?? 0
            guard at - point > 1 || wholeDigits > 0 else { throw invalid }
        } else if wholeDigits == 0 {
            throw invalid
        }
        if overflow || !isNegative && whole == .min { throw outOfRange }
        return Quantity(whole: isNegative ? whole : -whole, fraction: isNegative ? -fraction : fraction, isNegative: isNegative)
    }

    mutating func add(_ quantity: Quantity, _ unit: TimeUnit) throws(PostgresError) {
        let (whole, fraction) = (quantity.whole, quantity.fraction)
        switch unit {
        case .microseconds:
            time = try sum(time, whole)
            addTime(fraction, 1)
        case .milliseconds: try addTime(whole, fraction, 1_000)
        case .second: try addTime(whole, fraction, 1_000_000)
        case .minute: try addTime(whole, fraction, 60_000_000)
        case .hour: try addTime(whole, fraction, 3_600_000_000)
        case .day:
            days = try sum(days, whole)
            addTime(fraction, Double(Timestamps.perDay))
        case .week:
            days = try sum(days, try product(whole, 7))
            addDays(fraction, 7)
        case .month:
            months = try sum(months, whole)
            addDays(fraction, 30)
        case .quarter: throw invalid
        case .year: try addYears(whole, fraction, 1)
        case .decade: try addYears(whole, fraction, 10)
        case .century: try addYears(whole, fraction, 100)
        case .millennium: try addYears(whole, fraction, 1000)
        }
    }

    mutating func addYears(_ whole: Int64, _ fraction: Double, _ scale: Int64) throws(PostgresError) {
        years = try sum(years, try product(whole, scale))
        months += Int64((fraction * Double(scale) * 12).rounded(.toNearestOrEven))
    }

    mutating func addDays(_ fraction: Double, _ scale: Double) {
        let scaled = fraction * scale
        let whole = scaled.rounded(.towardZero)
        days += Int64(whole)
        addTime(scaled - whole, Double(Timestamps.perDay))
    }

    mutating func addTime(_ whole: Int64, _ fraction: Double, _ scale: Int64) throws(PostgresError) {
        time = try sum(time, try product(whole, scale))
        addTime(fraction, Double(scale))
    }

    mutating func addTime(_ fraction: Double, _ scale: Double) {
        guard fraction != 0 else { return }
        let scaled = fraction * scale
        let whole = scaled.rounded(.towardZero)
        let rest = scaled - whole
        time += Int64(whole) + (rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0)
    }

    func sum(_ left: Int64, _ right: Int64) throws(PostgresError) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        if overflow { throw outOfRange }
        return sum
    }

    func product(_ left: Int64, _ right: Int64) throws(PostgresError) -> Int64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        if overflow { throw outOfRange }
        return product
    }
}

extension Interval {
    /// Reads what `interval_in` reads, in any IntervalStyle's output but `sql_standard` with leading signs.
    public init(parsing text: UnsafeBufferPointer<UInt8>) throws(PostgresError) { self = try IntervalReader.read(text) }

    public init(parsing text: String) throws(PostgresError) {
        self = try text.withBytes { bytes throws(PostgresError) in try Interval(parsing: bytes) }
    }
}
