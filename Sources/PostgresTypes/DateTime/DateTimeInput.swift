/// The input functions of the date and time types. What PostgreSQL would read in another order or wording is refused.
public enum DateTimeInput {
    /// Days since 1970-01-01. A time after the date is read and left out, as PostgreSQL does.
    public static func date(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int64 {
        switch try DateTimeReader.date(text, type: "date") {
        case .infinity: return Dates.infinity
        case .negativeInfinity: return Dates.negativeInfinity
        case .moment(let date, _, _):
            let days = Int64(date.daysSince1970)
            guard days >= Dates.earliest, days < Dates.end else {
                throw PostgresError("22008", "date out of range: \"\(String(decoding: text, as: UTF8.self))\"")
            }
            return days
        }
    }

    /// Microseconds since 1970-01-01 00:00; a zone is read and left out, as PostgreSQL does.
    public static func timestamp(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int64 {
        switch try DateTimeReader.date(text, type: "timestamp") {
        case .infinity: return Timestamps.infinity
        case .negativeInfinity: return Timestamps.negativeInfinity
        case .moment(let date, let time, _): return try join(date.daysSince1970, time, text)
        }
    }

    /// Microseconds since 1970-01-01 00:00 UTC; `zone` is that of a text that names none.
    public static func timestampTZ(_ text: UnsafeBufferPointer<UInt8>, zone: Zone) throws(PostgresError) -> Int64 {
        switch try DateTimeReader.date(text, type: "timestamp with time zone") {
        case .infinity: return Timestamps.infinity
        case .negativeInfinity: return Timestamps.negativeInfinity
        case .moment(let date, let time, let field):
            let days = date.daysSince1970
            let offset =
                switch field {
                case .offset(let seconds): seconds
                case .named(let named): named.offset(forLocal: Int64(days) * 86_400 + time / 1_000_000)
                case nil: zone.offset(forLocal: Int64(days) * 86_400 + time / 1_000_000)
                }
            return try join(days, time - Int64(offset) * 1_000_000, text)
        }
    }

    /// Microseconds since midnight, up to 24:00:00.
    public static func time(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int64 { try DateTimeReader.time(text) }

    /// `time(digits)`: rounded half up.
    public static func rounded(time: Int64, digits: Int) -> Int64 {
        guard digits >= 0, digits < 6 else { return time }
        let scale = Int64(DecimalDigits.powers[6 - digits])
        return (time + scale / 2) / scale * scale
    }

    private static func join(_ days: Int, _ time: Int64, _ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int64 {
        do { return try Timestamps.join(days: days, microseconds: time) } catch {
            throw PostgresError("22008", "timestamp out of range: \"\(String(decoding: text, as: UTF8.self))\"")
        }
    }
}
