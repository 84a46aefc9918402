internal import FeatureModel

/// The members of a row's JSON object as they stand, names and values in the row's own bytes: a name may come twice inside a value, which no
/// strict reader takes, and digits stay what they are.
enum RowMembers {
    /// Names with their quotes. Nil if it is no object.
    static func split(_ row: String) -> [(name: Substring, value: Substring)]? {
        let text = row.utf8
        guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return nil }
        var members: [(name: Substring, value: Substring)] = []
        var name: Substring?
        var start = text.index(after: text.startIndex), at = start
        var depth = 0, isText = false
        let end = text.index(before: text.endIndex)
        func take(until place: String.Index) -> Bool {
            guard let known = name else { return false }
            members.append((known, row[start..<place]))
            name = nil
            return true
        }
        while at < end {
            let byte = text[at]
            if isText {
                if byte == UInt8(ascii: "\\") { at = text.index(after: at) } else if byte == UInt8(ascii: "\"") { isText = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                case UInt8(ascii: ":") where depth == 0 && name == nil:
                    name = row[start..<at]
                    start = text.index(after: at)
                case UInt8(ascii: ",") where depth == 0:
                    guard take(until: at) else { return nil }
                    start = text.index(after: at)
                default: break
                }
            }
            at = text.index(after: at)
        }
        if start == end, members.isEmpty { return [] }
        return take(until: end) ? members : nil
    }

    /// As it stands in a row.
    static func name(_ column: String) -> Substring { JSONValue.string(column).description[...] }
}
