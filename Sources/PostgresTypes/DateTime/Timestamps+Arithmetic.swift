extension Timestamps {
    /// `timestamp + interval`: months first, the day clamped to the month's end, then days, then time.
    public static func add(_ timestamp: Int64, _ interval: Interval) throws(PostgresError) -> Int64 {
        guard isFinite(timestamp) else { return timestamp }
        var (days, rest) = split(timestamp)
        if interval.months != 0 { days = CivilDay(daysSince1970: days).adding(months: Int(interval.months)).daysSince1970 }
        let moved = try join(days: days, microseconds: rest)
        (days, rest) = split(moved)
        let shifted = try join(days: days + Int(interval.days), microseconds: rest)
        let (sum, overflow) = shifted.addingReportingOverflow(interval.microseconds)
        if overflow { throw .timestampOutOfRange }
        return try check(sum)
    }

    /// `timestamptz + interval`: months and days by the clock of the zone, time by elapsed time.
    public static func add(_ timestamp: Int64, _ interval: Interval, zone: Zone) throws(PostgresError) -> Int64 {
        guard isFinite(timestamp) else { return timestamp }
        var moved = timestamp
        if interval.months != 0 {
            let (days, rest) = DateTimeText.localParts(moved, offset: zone.offset(atMicroseconds: moved))
            let day = CivilDay(daysSince1970: days).adding(months: Int(interval.months)).daysSince1970
            moved = try zone.utc(days: day, microseconds: rest)
        }
        if interval.days != 0 {
            let (days, rest) = DateTimeText.localParts(moved, offset: zone.offset(atMicroseconds: moved))
            moved = try zone.utc(days: days + Int(interval.days), microseconds: rest)
        }
        let (sum, overflow) = moved.addingReportingOverflow(interval.microseconds)
        if overflow { throw .timestampOutOfRange }
        return try check(sum)
    }

    /// `timestamp - timestamp`: days and time.
    public static func difference(_ left: Int64, _ right: Int64) throws(PostgresError) -> Interval {
        guard isFinite(left), isFinite(right) else { throw PostgresError("22008", "cannot subtract infinite timestamps") }
        // PostgreSQL 15 wraps round where the distance is beyond 292,271 years.
        return try Interval(microseconds: left &- right).justifiedHours()
    }

    /// `age(left, right)`: years, months and days as one counts them on a calendar.
    public static func age(_ left: Int64, _ right: Int64) throws(PostgresError) -> Interval { try age(left, right, zone: .utc) }

    /// `age` of two `timestamptz`, by the clock of the zone.
    public static func age(_ left: Int64, _ right: Int64, zone: Zone) throws(PostgresError) -> Interval {
        if left == negativeInfinity || right == negativeInfinity { throw .timestampOutOfRange }
        return age(reading(left, zone), reading(right, zone), isNegative: left < right)
    }

    /// The clock's reading; of infinity what PostgreSQL 15's `age` takes it for, the last moment of its own count.
    private static func reading(_ timestamp: Int64, _ zone: Zone) -> ClockTime {
        if isFinite(timestamp) { return zone.clock(timestamp) }
        let (days, rest) = split(timestamp)
        let offset = Int64(zone.offset(atMicroseconds: timestamp)) * 1_000_000
        let (extra, time) = split(rest + offset)
        return ClockTime(date: CivilDay(daysSince1970: days + extra + 10_957), microseconds: time)
    }

    private static func age(_ left: ClockTime, _ right: ClockTime, isNegative: Bool) -> Interval {
        let (late, early) = isNegative ? (right, left) : (left, right)
        var time = late.microseconds - early.microseconds
        var days = late.date.day - early.date.day
        var months = (late.date.year - early.date.year) * 12 + late.date.month - early.date.month
        while time < 0 {
            time += perDay
            days -= 1
        }
        // A month borrowed has the length of the month in which the earlier moment lies.
        while days < 0 {
            days += CivilDay.daysInMonth(early.date.month, ofYear: early.date.year)
            months -= 1
        }
        let sign: Int64 = isNegative ? -1 : 1
        return Interval(months: Int32(Int64(months) * sign), days: Int32(Int64(days) * sign), microseconds: time * sign)
    }

    /// `time + interval`, modulo one day.
    public static func addToTime(_ time: Int64, _ interval: Interval) -> Int64 {
        withinDay(time &+ interval.microseconds)
    }

    /// `time - interval`, modulo one day.
    public static func subtractFromTime(_ time: Int64, _ interval: Interval) -> Int64 { withinDay(time &- interval.microseconds) }

    private static func withinDay(_ time: Int64) -> Int64 {
        let rest = time % perDay
        return rest < 0 ? rest + perDay : rest
    }

    /// `(a, b) OVERLAPS (c, d)`, half open, ends in either order; nil is unknown, as an end is that is NULL.
    public static func overlap(_ first: (Int64?, Int64?), _ second: (Int64?, Int64?)) -> Bool? {
        func ordered(_ ends: (Int64?, Int64?)) -> (start: Int64, end: Int64?)? {
            guard let a = ends.0 else { return ends.1.map { ($0, nil) } }
            guard let b = ends.1 else { return (a, nil) }
            return (min(a, b), max(a, b))
        }
        guard let a = ordered(first), let b = ordered(second) else { return nil }
        if a.start == b.start { return a.end == nil || b.end == nil ? nil : true }
        let (early, late) = a.start < b.start ? (a, b) : (b, a)
        guard let end = early.end else { return nil }
        if late.start < end { return true }
        return late.end == nil ? nil : false
    }
}
