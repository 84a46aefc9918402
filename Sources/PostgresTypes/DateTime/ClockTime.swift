/// A moment taken apart: a day and the time in it.
public struct ClockTime: Hashable, Sendable {
    public var date: CivilDay
    /// Microseconds since midnight.
    public var microseconds: Int64

    public init(date: CivilDay, microseconds: Int64) {
        self.date = date
        self.microseconds = microseconds
    }

    /// From microseconds since 1970-01-01 00:00.
    public init(_ timestamp: Int64) {
        let (days, rest) = Timestamps.split(timestamp)
        date = CivilDay(daysSince1970: days)
        microseconds = rest
    }

    public var hour: Int { Int(microseconds / 3_600_000_000) }
    public var minute: Int { Int(microseconds / 60_000_000 % 60) }
    public var second: Int { Int(microseconds / 1_000_000 % 60) }
    /// Microseconds of the second.
    public var fraction: Int { Int(microseconds % 1_000_000) }

    /// Microseconds since 1970-01-01 00:00, refused outside what can be held.
    public func timestamp() throws(PostgresError) -> Int64 { try Timestamps.join(days: date.daysSince1970, microseconds: microseconds) }
}
