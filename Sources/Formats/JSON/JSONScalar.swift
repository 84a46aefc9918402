internal import FeatureModel

/// Values that come as PostgreSQL's text, e.g. as elements of arrays.
enum JSONScalar {
    /// Digits as they stand; NaN and the infinities, which JSON has no number for, in quotes.
    @inline(__always) static func writeNumber(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        let last = text.last ?? 0
        // Only NaN and Infinity end in a letter.
        if last >= UInt8(ascii: "0"), last <= UInt8(ascii: "9") { out.append(contentsOf: text) } else { JSONText.write(text, to: &out) }
    }

    static func write(_ text: UnsafeBufferPointer<UInt8>, kind: PostgresType.Kind, to out: inout [UInt8]) {
        switch kind {
        case .bool: out.append(contentsOf: (text.first == UInt8(ascii: "t") ? "true" : "false").utf8)
        case .int2, .int4, .int8, .numeric, .float4, .float8: writeNumber(text, to: &out)
        case .json, .jsonb: out.append(contentsOf: text)
        case .timestamp, .timestamptz: writeMoment(text, hasZone: kind == .timestamptz, to: &out)
        default: JSONText.write(text, to: &out)
        }
    }

    /// `2024-01-31 10:00:00+00` becomes `"2024-01-31T10:00:00+00:00"`.
    private static func writeMoment(_ text: UnsafeBufferPointer<UInt8>, hasZone: Bool, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        guard let space = text.firstIndex(of: UInt8(ascii: " ")) else {
            out.append(contentsOf: text)
            return out.append(UInt8(ascii: "\""))
        }
        let end = text[(space + 1)...].firstIndex(of: UInt8(ascii: " ")) ?? text.count
        out.append(contentsOf: text[..<space])
        out.append(UInt8(ascii: "T"))
        out.append(contentsOf: text[(space + 1)..<end])
        if hasZone, let sign = text[(space + 1)..<end].lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }), end - sign == 3 {
            out.append(contentsOf: ":00".utf8)
        }
        out.append(contentsOf: text[end...])
        out.append(UInt8(ascii: "\""))
    }
}
