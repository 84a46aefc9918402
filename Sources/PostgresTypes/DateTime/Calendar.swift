/// A day of the proleptic Gregorian calendar. Year 0 is 1 BC, as astronomers count.
public struct CivilDay: Hashable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day `days` after 1970-01-01.
    public init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01; month and day must be in range.
    public var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Self.floor(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    public static func daysInMonth(_ month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Day of the year, from 1.
    public var dayOfYear: Int { daysSince1970 - CivilDay(year: year, month: 1, day: 1).daysSince1970 + 1 }

    /// Moved by months, the day clamped to the month's end.
    func adding(months: Int) -> CivilDay {
        let total = year * 12 + month - 1 + months
        let newYear = Self.floor(total, 12)
        let newMonth = total - newYear * 12 + 1
        return CivilDay(year: newYear, month: newMonth, day: min(day, Self.daysInMonth(newMonth, ofYear: newYear)))
    }

    /// Division rounding down; `divisor` positive.
    @inline(__always) static func floor(_ value: Int, _ divisor: Int) -> Int {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    /// 0 Sunday … 6 Saturday.
    static func weekday(daysSince1970 days: Int) -> Int { days + 4 - floor(days + 4, 7) * 7 }

    /// The ISO 8601 week and the year it belongs to.
    static func isoWeek(daysSince1970 days: Int) -> (year: Int, week: Int) {
        let weekday = (weekday(daysSince1970: days) + 6) % 7
        // A week belongs to the year that its Thursday lies in.
        let thursday = CivilDay(daysSince1970: days - weekday + 3)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }
}
