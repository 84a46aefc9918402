/// The fields of `extract` and `date_part`.
public enum DateField: String, Sendable {
    case microseconds, milliseconds, second, minute, hour, day, week, month, quarter, year, decade, century, millennium
    case dow, isodow, doy, isoyear, julian, epoch, timezone, timezoneHour = "timezone_h", timezoneMinute = "timezone_m"

    static func named(_ field: UnsafeBufferPointer<UInt8>, type: String) throws(PostgresError) -> DateField {
        let name = String(decoding: field.map(\.lowered), as: UTF8.self)
        if let unit = TimeUnit.named(name) { return DateField(rawValue: unit.rawValue) ?? .day }
        switch name.prefix(10) {
        case "dow": return .dow
        case "isodow": return .isodow
        case "doy": return .doy
        case "isoyear": return .isoyear
        case "julian", "j", "jd": return .julian
        case "epoch": return .epoch
        case "timezone": return .timezone
        case "timezone_h": return .timezoneHour
        case "timezone_m": return .timezoneMinute
        default: throw unknown(name, type: type)
        }
    }

    static func unknown(_ name: String, type: String) -> PostgresError {
        PostgresError("22023", "unit \"\(name)\" not recognized for type \(type)")
    }

    static func unsupported(_ field: UnsafeBufferPointer<UInt8>, type: String) -> PostgresError {
        PostgresError("0A000", "unit \"\(String(decoding: field.map(\.lowered), as: UTF8.self))\" not supported for type \(type)")
    }

    /// What grows without end has an infinite value for an infinite moment; the rest has none.
    var growsForEver: Bool {
        switch self {
        case .year, .decade, .century, .millennium, .julian, .isoyear, .epoch: true
        default: false
        }
    }

    /// The fields of the day alone; nil for others.
    func value(of date: CivilDay) -> Int? {
        let year = date.year
        switch self {
        case .day: return date.day
        case .month: return date.month
        case .quarter: return (date.month - 1) / 3 + 1
        case .year: return year > 0 ? year : year - 1
        case .decade: return CivilDay.floor(year, 10)
        // There is no century 0.
        case .century: return year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100)
        case .millennium: return year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000)
        case .week: return CivilDay.isoWeek(daysSince1970: date.daysSince1970).week
        case .isoyear:
            let year = CivilDay.isoWeek(daysSince1970: date.daysSince1970).year
            return year > 0 ? year : year - 1
        case .dow: return CivilDay.weekday(daysSince1970: date.daysSince1970)
        case .isodow: return (CivilDay.weekday(daysSince1970: date.daysSince1970) + 6) % 7 + 1
        case .doy: return date.dayOfYear
        default: return nil
        }
    }
}
