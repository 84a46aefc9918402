internal import Glibc

/// Reads compiled zone files (RFC 8536).
enum ZoneFile {
    static let folder = "/usr/share/zoneinfo"

    /// Nil if there is no such file or it is no zone file.
    static func read(_ name: String) -> Zone? {
        guard let bytes = contents("\(folder)/\(name)") else { return nil }
        return parse(bytes, name: name)
    }

    private static func contents(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let count = fread(&bytes, 1, bytes.count, file)
        return count > 44 && count < bytes.count ? Array(bytes.prefix(count)) : nil
    }

    private static func parse(_ bytes: [UInt8], name: String) -> Zone? {
        guard bytes.starts(with: "TZif".utf8), bytes[4] >= UInt8(ascii: "2") else { return nil }
        // The first block has 32-bit times; the second repeats it with 64 bits.
        let old = Header(bytes, at: 0)
        let start = 44 + old.size(timeBytes: 4)
        guard start + 44 <= bytes.count else { return nil }
        let header = Header(bytes, at: start)
        let times = start + 44
        let kinds = times + header.transitions * 8
        let types = kinds + header.transitions
        let footer = start + 44 + header.size(timeBytes: 8)
        guard footer < bytes.count, header.types > 0 else { return nil }
        let offset = { (kind: Int) in Int32(truncatingIfNeeded: integer(bytes, types + kind * 6, 4)) }
        let transitions = (0..<header.transitions).map { integer(bytes, times + $0 * 8, 8) }
        let offsets = (0..<header.transitions).map { offset(Int(bytes[kinds + $0])) }
        let text = bytes[(footer + 1)...].prefix { $0 != 0x0a }
        return Zone(name: name, transitions: transitions, offsets: offsets, first: offset(0), rule: ZoneRuleReader.read(text))
    }

    private struct Header {
        let utcFlags, standardFlags, leaps, transitions, types, characters: Int

        init(_ bytes: [UInt8], at start: Int) {
            let field = { Int(integer(bytes, start + 20 + $0 * 4, 4)) }
            (utcFlags, standardFlags, leaps, transitions, types, characters) = (field(0), field(1), field(2), field(3), field(4), field(5))
        }

        func size(timeBytes: Int) -> Int {
            transitions * (timeBytes + 1) + types * 6 + characters + leaps * (timeBytes + 4) + standardFlags + utcFlags
        }
    }

    /// A signed big-endian integer; 0 beyond the end.
    private static func integer(_ bytes: [UInt8], _ start: Int, _ width: Int) -> Int64 {
        guard start + width <= bytes.count else { return 0 }
        let value = bytes[start..<(start + width)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}
