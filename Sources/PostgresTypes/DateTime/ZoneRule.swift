/// The rule that holds after a zone file's last transition: a POSIX TZ text such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
    /// A day of the year and a second of it, local time.
    struct Change: Sendable {
        enum Day: Sendable {
            /// Month, week (5 is the last), weekday from Sunday.
            case weekday(Int, Int, Int)
            /// 1…365, 29 February never counted.
            case julian(Int)
            /// 0…365.
            case zeroBased(Int)
        }

        let day: Day
        let second: Int

        /// Seconds since 1970 on the local clock.
        func local(year: Int) -> Int64 {
            let start = CivilDay(year: year, month: 1, day: 1).daysSince1970
            let days: Int
            switch day {
            case .julian(let number): days = start + number - 1 + (number >= 60 && CivilDay.isLeap(year) ? 1 : 0)
            case .zeroBased(let number): days = start + number
            case .weekday(let month, let week, let weekday):
                let first = CivilDay(year: year, month: month, day: 1).daysSince1970
                let ahead = (weekday - CivilDay.weekday(daysSince1970: first) + 7) % 7
                var day = ahead + (week - 1) * 7
                if day >= CivilDay.daysInMonth(month, ofYear: year) { day -= 7 }
                days = first + day
            }
            return Int64(days) * 86_400 + Int64(second)
        }
    }

    let standard: Int
    let daylight: Int
    /// When daylight time begins and ends; nil where clocks never change.
    let changes: (begin: Change, end: Change)?

    private func transitions(year: Int) -> [(at: Int64, offset: Int)] {
        guard let changes else { return [] }
        let pair = [
            (at: changes.begin.local(year: year) - Int64(standard), offset: daylight),
            (at: changes.end.local(year: year) - Int64(daylight), offset: standard),
        ]
        return pair.sorted { $0.at < $1.at }
    }

    func offset(at seconds: Int64) -> Int {
        guard changes != nil else { return standard }
        let year = CivilDay(daysSince1970: CivilDay.floor(Int(seconds), 86_400)).year
        var offset = standard
        for step in transitions(year: year - 1) + transitions(year: year) + transitions(year: year + 1) where step.at <= seconds {
            offset = step.offset
        }
        return offset
    }

    func nextTransition(after seconds: Int64) -> Int64? {
        guard changes != nil else { return nil }
        let year = CivilDay(daysSince1970: CivilDay.floor(Int(seconds), 86_400)).year
        return (transitions(year: year - 1) + transitions(year: year) + transitions(year: year + 1)).first { $0.at > seconds }?.at
    }
}
