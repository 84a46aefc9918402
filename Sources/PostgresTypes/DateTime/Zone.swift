internal import Synchronization

/// A time zone of the tz database: how far its clocks are from UTC at every moment.
///
/// Reads the compiled files that PostgreSQL on Debian reads as well. Immutable; ``named(_:)`` keeps every zone it has read.
public final class Zone: Sendable {
    /// The name as it was given, e.g. `Europe/Stockholm`.
    public let name: String
    /// Moments (seconds since 1970 UTC) when the offset may change, and the offset from then on.
    private let transitions: [Int64]
    private let offsets: [Int32]
    /// The offset before the first transition.
    private let first: Int32
    /// What holds after the last transition.
    private let rule: ZoneRule?

    init(name: String, transitions: [Int64], offsets: [Int32], first: Int32, rule: ZoneRule?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.first = first
        self.rule = rule
    }

    /// A clock that always differs from UTC by the same number of seconds, east positive.
    public convenience init(fixed offset: Int, name: String) {
        self.init(name: name, transitions: [], offsets: [], first: Int32(offset), rule: nil)
    }

    public static let utc = Zone(fixed: 0, name: "UTC")

    private static let known = Mutex<[String: Zone]>([:])

    /// The zone of that name, letters' case ignored, as SET TimeZone and AT TIME ZONE take it.
    /// Fixed abbreviations of PostgreSQL's default list come first, as in PostgreSQL.
    public static func named(_ name: String) throws(PostgresError) -> Zone {
        if let zone = known.withLock({ $0[name] }) { return zone }
        let zone = try ZoneNames.find(name)
        // The number of names a client can send is not bounded by the database: the table is.
        known.withLock { if $0.count < 2_000 { $0[name] = zone } }
        return zone
    }

    func alwaysShows(_ offset: Int) -> Bool {
        // Zone files name the local mean time before standard time began; from 1970 on is what names are used for.
        let last = offsets.indices.filter { transitions[$0] >= 0 }
        return (rule?.changes == nil) && last.allSatisfy { Int(offsets[$0]) == offset } && self.offset(at: 0) == offset
            && self.offset(at: 4_000_000_000) == offset
    }

    /// Whether the clock always shows UTC.
    public var isUTC: Bool { transitions.isEmpty && first == 0 && rule == nil }

    public func offset(atMicroseconds timestamp: Int64) -> Int {
        if transitions.isEmpty, rule == nil { return Int(first) }
        let seconds = timestamp >= 0 ? timestamp / 1_000_000 : -((999_999 - timestamp) / 1_000_000)
        return offset(at: seconds)
    }

    /// Seconds that the zone's clocks are ahead of UTC at that second.
    public func offset(at seconds: Int64) -> Int {
        guard let last = transitions.last else { return rule?.offset(at: seconds) ?? Int(first) }
        if seconds >= last { return rule?.offset(at: seconds) ?? Int(offsets[offsets.count - 1]) }
        let next = firstTransition(after: seconds)
        return next == 0 ? Int(first) : Int(offsets[next - 1])
    }

    /// The index of the first transition later than `seconds`; their number if there is none.
    private func firstTransition(after seconds: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func nextTransition(after seconds: Int64) -> Int64? {
        let next = firstTransition(after: seconds)
        return next < transitions.count ? transitions[next] : rule?.nextTransition(after: seconds)
    }

    /// The offset that PostgreSQL takes for a local time: before a gap's start the old one, in a repeated hour the new one.
    func offset(forLocal seconds: Int64) -> Int {
        if transitions.isEmpty, rule == nil { return Int(first) }
        let dayBefore = seconds - 86_400
        let before = offset(at: dayBefore)
        guard let boundary = nextTransition(after: dayBefore) else { return before }
        let after = offset(at: boundary)
        let early = seconds - Int64(before)
        let late = seconds - Int64(after)
        if early < boundary, late < boundary { return before }
        if early > boundary, late >= boundary { return after }
        return early > late ? before : after
    }

    /// The clock's reading at a moment.
    public func clock(_ timestamp: Int64) -> ClockTime {
        let (days, rest) = DateTimeText.localParts(timestamp, offset: offset(atMicroseconds: timestamp))
        return ClockTime(date: CivilDay(daysSince1970: days), microseconds: rest)
    }

    /// The moment of a reading of the clock.
    func utc(days: Int, microseconds: Int64) throws(PostgresError) -> Int64 {
        guard abs(days) < 1 << 32 else { throw .timestampOutOfRange }
        let offset = offset(forLocal: Int64(days) * 86_400 + microseconds / 1_000_000)
        return try Timestamps.join(days: days, microseconds: microseconds - Int64(offset) * 1_000_000)
    }

    /// `timestamp AT TIME ZONE zone`, and the cast to timestamptz. Infinities stay.
    public func utc(fromLocal timestamp: Int64) throws(PostgresError) -> Int64 {
        guard Timestamps.isFinite(timestamp) else { return timestamp }
        let (days, rest) = Timestamps.split(timestamp)
        return try utc(days: days, microseconds: rest)
    }

    /// `timestamptz AT TIME ZONE zone`, and the cast to timestamp. Infinities stay.
    public func local(fromUTC timestamp: Int64) throws(PostgresError) -> Int64 {
        guard Timestamps.isFinite(timestamp) else { return timestamp }
        let (days, rest) = DateTimeText.localParts(timestamp, offset: offset(atMicroseconds: timestamp))
        return try Timestamps.join(days: days, microseconds: rest)
    }
}
