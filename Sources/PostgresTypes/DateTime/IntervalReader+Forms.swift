extension IntervalReader {
    mutating func clock(hours: Quantity) throws(PostgresError) {
        at += 1
        let minutes = try unsigned()
        var seconds = Quantity(whole: 0, fraction: 0, isNegative: false)
        if next == UInt8(ascii: ":") {
            at += 1
            seconds = try unsigned()
        }
        guard minutes.fraction == 0, minutes.whole < 60, seconds.whole <= 60 else { throw minutes.fraction == 0 ? outOfRange : invalid }
        let fraction = Int64((abs(seconds.fraction) * 1_000_000).rounded(.toNearestOrEven))
        let rest = (minutes.whole * 60 + seconds.whole) * 1_000_000 + fraction
        let hour = try product(hours.whole, 3_600_000_000)
        time = try sum(time, try sum(hour, hours.isNegative ? -rest : rest))
    }

    mutating func unsigned() throws(PostgresError) -> Quantity {
        guard let byte = next, byte.isDigit else { throw invalid }
        return try quantity()
    }

    mutating func yearsAndMonths(_ years: Quantity, _ seen: inout Set<TimeUnit>) throws(PostgresError) {
        at += 1
        let rest = try unsigned()
        guard rest.fraction == 0, seen.insert(.year).inserted, seen.insert(.month).inserted else { throw invalid }
        guard rest.whole < 12 else { throw outOfRange }
        self.years = try sum(self.years, years.whole)
        months = try sum(months, years.isNegative ? -rest.whole : rest.whole)
    }

    // MARK: ISO 8601

    mutating func iso() throws(PostgresError) {
        at += 1
        // ISO's letters are capitals.
        guard next != nil, !original.contains(where: { $0.isLetter && $0 == $0.lowered }) else { throw invalid }
        var isTime = false
        while let byte = next {
            if byte == UInt8(ascii: "t") {
                guard !isTime else { throw invalid }
                isTime = true
                at += 1
                continue
            }
            guard byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") else { throw invalid }
            let quantity = try quantity()
            guard let letter = next else { throw invalid }
            at += 1
            switch (isTime, letter) {
            case (false, UInt8(ascii: "y")): try add(quantity, .year)
            case (false, UInt8(ascii: "m")): try add(quantity, .month)
            case (false, UInt8(ascii: "w")): try add(quantity, .week)
            case (false, UInt8(ascii: "d")): try add(quantity, .day)
            case (true, UInt8(ascii: "h")): try add(quantity, .hour)
            case (true, UInt8(ascii: "m")): try add(quantity, .minute)
            case (true, UInt8(ascii: "s")): try add(quantity, .second)
            case (_, UInt8(ascii: "-")), (_, UInt8(ascii: ":")): throw .notSupported("this form of interval")
            default: throw invalid
            }
        }
    }
}
