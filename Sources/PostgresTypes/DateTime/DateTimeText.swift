/// Prints dates and times under DateStyle ISO, straight into bytes.
public enum DateTimeText {
    /// `2024-01-31`, `0044-03-15 BC`, `infinity`.
    public static func writeDate(_ days: Int64, to out: inout [UInt8]) {
        guard Dates.isFinite(days) else { return writeInfinity(days, to: &out) }
        let civil = CivilDay(daysSince1970: Int(days))
        write(civil, to: &out)
        writeEra(civil, to: &out)
    }

    /// `2024-01-31 10:00:00.5`; with `separator` `T` as JSON has it.
    public static func writeTimestamp(_ timestamp: Int64, separator: UInt8 = UInt8(ascii: " "), to out: inout [UInt8]) {
        guard Timestamps.isFinite(timestamp) else { return writeInfinity(timestamp, to: &out) }
        let (days, rest) = Timestamps.split(timestamp)
        let civil = CivilDay(daysSince1970: days)
        write(civil, to: &out)
        out.append(separator)
        writeTime(rest, to: &out)
        writeEra(civil, to: &out)
    }

    /// `2024-01-31 10:00:00+05:30`; as JSON has it, `2024-01-31T10:00:00+00:00`.
    public static func writeTimestampTZ(_ timestamp: Int64, zone: Zone, json: Bool = false, to out: inout [UInt8]) {
        guard Timestamps.isFinite(timestamp) else { return writeInfinity(timestamp, to: &out) }
        let offset = zone.offset(atMicroseconds: timestamp)
        let (days, rest) = localParts(timestamp, offset: offset)
        let civil = CivilDay(daysSince1970: days)
        write(civil, to: &out)
        out.append(json ? UInt8(ascii: "T") : UInt8(ascii: " "))
        writeTime(rest, to: &out)
        writeOffset(offset, withMinutes: json, to: &out)
        writeEra(civil, to: &out)
    }

    /// Day and time of a moment where the clock shows `offset` seconds more than UTC. Never overflows.
    static func localParts(_ timestamp: Int64, offset: Int) -> (days: Int, microseconds: Int64) {
        var (days, rest) = Timestamps.split(timestamp)
        rest += Int64(offset) * 1_000_000
        while rest < 0 {
            rest += Timestamps.perDay
            days -= 1
        }
        while rest >= Timestamps.perDay {
            rest -= Timestamps.perDay
            days += 1
        }
        return (days, rest)
    }

    /// `10:00:00.5`; 24:00:00 is possible.
    public static func writeTime(_ microseconds: Int64, to out: inout [UInt8]) {
        let seconds = UInt64(microseconds / 1_000_000)
        let minutes = seconds / 60
        let start = out.count
        out.append(contentsOf: repeatElement(UInt8(ascii: ":"), count: 8))
        out.withUnsafeMutableBufferPointer { buffer in
            putPair(Int(minutes / 60), at: start, in: buffer)
            putPair(Int(minutes % 60), at: start + 3, in: buffer)
            putPair(Int(seconds % 60), at: start + 6, in: buffer)
        }
        writeFraction(UInt64(microseconds % 1_000_000), to: &out)
    }

    /// The point and up to six digits, trailing zeros left out; nothing for 0.
    static func writeFraction(_ microseconds: UInt64, to out: inout [UInt8]) {
        guard microseconds > 0 else { return }
        out.append(UInt8(ascii: "."))
        DecimalDigits.write(microseconds, width: 6, to: &out)
        while out.last == UInt8(ascii: "0") { out.removeLast() }
    }

    static func writeOffset(_ offset: Int, withMinutes: Bool, to out: inout [UInt8]) {
        out.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        let seconds = UInt64(offset.magnitude)
        DecimalDigits.writePadded(seconds / 3600, width: 2, to: &out)
        if withMinutes || seconds % 3600 != 0 {
            out.append(UInt8(ascii: ":"))
            DecimalDigits.write(seconds / 60 % 60, width: 2, to: &out)
        }
        if seconds % 60 != 0 {
            out.append(UInt8(ascii: ":"))
            DecimalDigits.write(seconds % 60, width: 2, to: &out)
        }
    }

    /// Two digits in place.
    @inline(__always) private static func putPair(_ value: Int, at index: Int, in buffer: UnsafeMutableBufferPointer<UInt8>) {
        buffer[index] = UInt8(truncatingIfNeeded: value / 10) + 0x30
        buffer[index + 1] = UInt8(truncatingIfNeeded: value % 10) + 0x30
    }

    private static func writeInfinity(_ value: Int64, to out: inout [UInt8]) {
        out.append(contentsOf: (value < 0 ? "-infinity" : "infinity").utf8)
    }

    private static func write(_ civil: CivilDay, to out: inout [UInt8]) {
        let year = UInt64(civil.year > 0 ? civil.year : 1 - civil.year)
        DecimalDigits.writePadded(year, width: 4, to: &out)
        let start = out.count
        out.append(contentsOf: repeatElement(UInt8(ascii: "-"), count: 6))
        out.withUnsafeMutableBufferPointer { buffer in
            putPair(civil.month, at: start + 1, in: buffer)
            putPair(civil.day, at: start + 4, in: buffer)
        }
    }

    private static func writeEra(_ civil: CivilDay, to out: inout [UInt8]) {
        if civil.year <= 0 { out.append(contentsOf: " BC".utf8) }
    }
}
