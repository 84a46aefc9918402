extension DatePicture {
    /// `to_char` of an interval: its years, months, days and time as they stand.
    public func write(_ interval: Interval, to out: inout [UInt8]) throws(PostgresError) {
        let time = interval.microseconds
        let hour = Int(time / 3_600_000_000)
        for part in parts {
            guard case .field(let field) = part else {
                switch part {
                case .text(let text), .quoted(let text): out += text
                case .field: break
                }
                continue
            }
            guard field.ordinal == nil else { throw .notSupported("TH in an interval's format") }
            let put = { (value: Int, width: Int, out: inout [UInt8]) in
                Self.write(value, width: field.isBare ? 0 : value < 0 ? width + 1 : width, to: &out)
            }
            switch field.keyword.uppercased() {
            case "HH24": put(hour, 2, &out)
            case "HH", "HH12": put(hour % 12 == 0 ? 12 : hour % 12, 2, &out)
            case "MI": put(Int(time / 60_000_000 % 60), 2, &out)
            case "SS": put(Int(time / 1_000_000 % 60), 2, &out)
            case "MS": Self.write(Int(time / 1_000 % 1_000), width: 3, to: &out)
            case "US": Self.write(Int(time % 1_000_000), width: 6, to: &out)
            case "DD": Self.write(Int(interval.days), width: field.isBare ? 0 : 2, to: &out)
            case "MM": Self.write(Int(interval.months) % 12, width: field.isBare ? 0 : 2, to: &out)
            case "YYYY": put(Int(interval.months) / 12, 4, &out)
            default: throw .notSupported("\(field.keyword) in an interval's format")
            }
        }
    }
}
