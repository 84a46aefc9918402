internal import FeatureModel

/// Turns an array as PostgreSQL prints it, e.g. `{{1,NULL},{"a b","c\"d"}}` or `[0:1]={1,2}`, into a JSON array.
enum JSONArray {
    static func write(_ text: UnsafeBufferPointer<UInt8>, element: PostgresType, to out: inout [UInt8]) {
        // Bounds that do not begin at 1 stand before the braces; JSON has no place for them.
        var at = 0
        if text.first == UInt8(ascii: "["), let equals = text.firstIndex(of: UInt8(ascii: "=")) { at = equals + 1 }
        var unescaped: [UInt8] = []
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "{"):
                out.append(UInt8(ascii: "["))
                at += 1
            case UInt8(ascii: "}"):
                out.append(UInt8(ascii: "]"))
                at += 1
            case UInt8(ascii: ","):
                out.append(UInt8(ascii: ","))
                at += 1
            case UInt8(ascii: "\""):
                unescaped.removeAll(keepingCapacity: true)
                at += 1
                while at < text.count, text[at] != UInt8(ascii: "\"") {
                    if text[at] == UInt8(ascii: "\\"), at + 1 < text.count { at += 1 }
                    unescaped.append(text[at])
                    at += 1
                }
                at += 1
                unescaped.withUnsafeBufferPointer { JSONScalar.write($0, kind: element.kind, to: &out) }
            default:
                let start = at
                while at < text.count, text[at] != UInt8(ascii: ","), text[at] != UInt8(ascii: "}") { at += 1 }
                let plain = UnsafeBufferPointer(rebasing: text[start..<at])
                if plain.elementsEqual("NULL".utf8) {
                    out.append(contentsOf: "null".utf8)
                } else {
                    JSONScalar.write(plain, kind: element.kind, to: &out)
                }
            }
        }
    }
}
