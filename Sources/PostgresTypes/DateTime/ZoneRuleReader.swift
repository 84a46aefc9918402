/// Reads the POSIX text.
struct ZoneRuleReader {
    private let text: [UInt8]
    private var at = 0

    /// Nil if the text is not a rule.
    static func read(_ text: some Sequence<UInt8>) -> ZoneRule? {
        var reader = ZoneRuleReader(text: Array(text))
        return reader.rule()
    }

    private init(text: [UInt8]) { self.text = text }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private mutating func rule() -> ZoneRule? {
        guard name(), let west = time() else { return nil }
        if next == nil { return ZoneRule(standard: -west, daylight: -west, changes: nil) }
        guard name() else { return nil }
        var daylight = -west + 3600
        if next != UInt8(ascii: ",") {
            guard let other = time() else { return nil }
            daylight = -other
        }
        guard take(","), let begin = change(), take(","), let end = change(), next == nil else { return nil }
        return ZoneRule(standard: -west, daylight: daylight, changes: (begin, end))
    }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character.asciiValue else { return false }
        at += 1
        return true
    }

    private mutating func name() -> Bool {
        let start = at
        if take("<") {
            while let byte = next, byte != UInt8(ascii: ">") { at += 1 }
            return take(">")
        }
        while let byte = next, byte.isLetter { at += 1 }
        return at - start >= 3
    }

    private mutating func number() -> Int? {
        let start = at
        var value = 0
        while let byte = next, byte.isDigit, at - start < 6 {
            value = value * 10 + Int(byte & 15)
            at += 1
        }
        return at > start ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func time() -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard var seconds = number().map({ $0 * 3600 }) else { return nil }
        if take(":") {
            guard let minutes = number() else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let rest = number() else { return nil }
                seconds += rest
            }
        }
        return sign * seconds
    }

    private mutating func change() -> ZoneRule.Change? {
        let day: ZoneRule.Change.Day
        if take("M") {
            guard let month = number(), take("."), let week = number(), take("."), let weekday = number(), (1...12).contains(month),
                (1...5).contains(week), weekday < 7
            else { return nil }
            day = .weekday(month, week, weekday)
        } else if take("J") {
            guard let number = number() else { return nil }
            day = .julian(number)
        } else {
            guard let number = number() else { return nil }
            day = .zeroBased(number)
        }
        guard take("/") else { return .init(day: day, second: 7200) }
        return time().map { .init(day: day, second: $0) }
    }
}
