public import Foundation

/// Dates as the catalog keeps them: whole milliseconds, written as ISO 8601 in UTC, e.g. `2026-01-31T09:05:00.250Z`.
///
/// Records round their dates when they are made, so that what was saved and what is read back are equal in every backend.
public enum Timestamp {
    private static let millisecondsPerDay: Int64 = 86_400_000
    /// 0000-01-01 to 9999-12-31: what four digits of a year can say.
    private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    public static func milliseconds(of date: Date) -> Int64 {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        guard milliseconds > Double(range.lowerBound) else { return range.lowerBound }
        guard milliseconds < Double(range.upperBound) else { return range.upperBound }
        return Int64(milliseconds)
    }

    public static func date(milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// The nearest whole millisecond.
    public static func rounded(_ date: Date) -> Date { self.date(milliseconds: milliseconds(of: date)) }

    public static func text(_ date: Date) -> String {
        let milliseconds = milliseconds(of: date)
        let day = milliseconds.floored(by: millisecondsPerDay)
        let rest = milliseconds - day * millisecondsPerDay
        let (year, month, dayOfMonth) = civil(day: day)
        let day4 = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
        let time = "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1_000 % 60, 2))"
        return "\(day4)T\(time).\(padded(rest % 1_000, 3))Z"
    }

    /// Reads what ``text(_:)`` writes; the milliseconds may be missing. Nil for anything else.
    public static func date(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        var milliseconds = (hour * 3_600 + minute * 60 + second) * 1_000
        if bytes.count == 24 {
            guard bytes[19] == UInt8(ascii: "."), let fraction = number(bytes[20..<23]) else { return nil }
            milliseconds += fraction
        }
        return date(milliseconds: self.day(year: year, month: month, day: day) * millisecondsPerDay + milliseconds)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    // Days are counted from 1970-01-01 in years that begin on 1 March, so that the leap day is the last of its year.

    private static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year.floored(by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }
}

extension Int64 {
    /// Division that rounds down, also below zero.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
