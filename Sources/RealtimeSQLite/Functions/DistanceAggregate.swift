internal import EmbeddedSQL
internal import PostgresTypes

/// An aggregate over a frame in RANGE with a distance that is not a fixed number to SQLite: a month.
///
/// SQLite runs it over `ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING`: it is given the whole partition in order, and what has left says which
/// row is the current one. The rows of the frame enter the aggregate that does the work, and leave it, as the frame's ends pass them. As in
/// PostgreSQL these never go back: a month before the 30th of March, 1 o'clock, is earlier than one before the 29th, 23 o'clock, yet takes no
/// row again that the latter left behind.
final class DistanceAggregate: WindowAggregate {
    /// The arguments before those of the aggregate itself: its name, the form, the key, both distances, the zone, whether the row counts.
    private static let ownArguments = 7

    private struct Row {
        let key: FrameKeys.Key
        /// Nil for a row that does not count.
        let arguments: KeptArguments?
    }

    /// What the first row says.
    private struct Setting {
        let make: () -> any WindowAggregate
        let keys: FrameKeys
        let ends: FrameEnds
    }

    private let aggregates: WindowAggregates
    private var setting: Setting?
    private var aggregate: (any WindowAggregate)?
    /// The rows from ``passed`` on.
    private var rows = FrameValues<Row>()
    private var passed = 0
    private var count = 0
    private var current = 0
    /// The frame: from head, up to tail.
    private var head = 0
    private var tail = 0
    /// What the aggregate holds.
    private var first = 0
    private var end = 0

    init(_ aggregates: WindowAggregates) { self.aggregates = aggregates }

    func step(_ arguments: Arguments) throws {
        let setting = try setting ?? setting(arguments)
        self.setting = setting
        let key = try carrying { () throws(PostgresError) in try setting.keys.key(arguments[2]) }
        var kept: KeptArguments?
        if !arguments[6].isNull, arguments[6].int64 != 0 {
            kept = KeptArguments(arguments.dropFirst(Self.ownArguments))
            if kept == nil { throw FunctionError(sqlstate: "53200", message: "out of memory") }
        }
        rows.append(Row(key: key, arguments: kept))
        count += 1
    }

    private func setting(_ arguments: Arguments) throws -> Setting {
        let form = Array(arguments[1].utf8)
        guard let make = aggregates.makers[arguments[0].string], form.count == 6 else {
            throw FunctionError(sqlstate: "XX000", message: "no such window aggregate")
        }
        return try carrying { () throws(PostgresError) in
            let keys = try FrameKeys(form[..<3], zone: arguments[5])
            return Setting(make: make, keys: keys, ends: try FrameEnds(form[3...], start: arguments[3], end: arguments[4], keys))
        }
    }

    func inverse(_ arguments: Arguments) { current += 1 }

    private func row(_ place: Int) -> Row { rows.current[rows.current.startIndex + place - passed] }

    func finish(_ result: FunctionResult) throws {
        guard let setting else { return result.null() }
        if current < count { try carrying { () throws(PostgresError) in try moveEnds(setting) } }
        if setting.ends.exclusion == .none {
            try moveAggregate(setting).finish(result)
        } else {
            try withoutExcluded(setting).finish(result)
        }
        // Never looked at again. With EXCLUDE the aggregate holds none.
        while passed < min(head, tail, current, setting.ends.exclusion == .none ? first : head) {
            rows.removeFirst()
            passed += 1
        }
    }

    private func moveEnds(_ setting: Setting) throws(PostgresError) {
        let key = row(current).key
        if let bound = try FrameEnds.bound(setting.ends.start, of: key) {
            while head < count, setting.keys.order(row(head).key, bound) < 0 { head += 1 }
        }
        guard let bound = try FrameEnds.bound(setting.ends.end, of: key) else { return tail = count }
        while tail < count, setting.keys.order(row(tail).key, bound) <= 0 { tail += 1 }
    }

    private func moveAggregate(_ setting: Setting) throws -> any WindowAggregate {
        let aggregate = aggregate ?? setting.make()
        self.aggregate = aggregate
        while first < min(head, end) {
            if let arguments = row(first).arguments { try aggregate.inverse(arguments.arguments) }
            first += 1
        }
        if first < head { (first, end) = (head, head) }
        while end < tail {
            if let arguments = row(end).arguments { try aggregate.step(arguments.arguments) }
            end += 1
        }
        return aggregate
    }

    /// EXCLUDE: each row has rows of its own, so they are added up anew, which is what PostgreSQL does.
    private func withoutExcluded(_ setting: Setting) throws -> any WindowAggregate {
        let aggregate = setting.make()
        guard current < count else { return aggregate }
        let key = row(current).key
        for place in head..<max(head, tail) {
            let candidate = row(place), isPeer = setting.keys.order(candidate.key, key) == 0
            let isExcluded =
                switch setting.ends.exclusion {
                case .none: false
                case .currentRow: place == current
                case .group: isPeer
                case .ties: isPeer && place != current
                }
            if !isExcluded, let arguments = candidate.arguments { try aggregate.step(arguments.arguments) }
        }
        return aggregate
    }
}
