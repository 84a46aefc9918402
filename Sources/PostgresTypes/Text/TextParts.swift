/// Parts of a text by characters: `substr`, `left`, `right`, `split_part`, `position`, trimming.
public enum TextParts {
    public typealias Bytes = UnsafeBufferPointer<UInt8>

    /// `substr(x, from)`; positions before the first character are counted, though there is nothing there.
    public static func substring(_ text: Bytes, from: Int64) -> Bytes {
        text.dropping(Characters(text).offset(Int(clamping: max(from, 1) - 1)))
    }

    /// `substr(x, from, count)`.
    public static func substring(_ text: Bytes, from: Int64, count: Int64) throws(PostgresError) -> Bytes {
        guard count >= 0 else { throw PostgresError("22011", "negative substring length not allowed") }
        let end = from &+ count
        guard end > 1 else { return Bytes(rebasing: text[0..<0]) }
        let first = max(from, 1)
        let characters = Characters(text)
        let start = characters.offset(Int(clamping: first - 1))
        return Bytes(rebasing: text[start..<characters.offset(Int(clamping: end - first), from: start)])
    }

    /// `left(x, n)`; a negative `n` leaves out the last characters.
    public static func left(_ text: Bytes, _ number: Int64) -> Bytes {
        let characters = Characters(text)
        let wanted = number >= 0 ? Int(clamping: number) : max(0, characters.count + Int(clamping: number))
        return Bytes(rebasing: text[..<characters.offset(wanted)])
    }

    /// `right(x, n)`; a negative `n` leaves out the first characters.
    public static func right(_ text: Bytes, _ number: Int64) -> Bytes {
        let characters = Characters(text)
        let skipped = number < 0 ? Int(clamping: number.magnitude) : max(0, characters.count - Int(clamping: number))
        return text.dropping(characters.offset(skipped))
    }

    /// `position(part in x)`: the first character's number, 0 if there is none.
    public static func position(of part: Bytes, in text: Bytes) -> Int {
        if part.isEmpty { return 1 }
        guard let at = find(part, in: text, from: 0) else { return 0 }
        return Characters(Bytes(rebasing: text[..<at])).count + 1
    }

    /// The byte offset of the next occurrence.
    static func find(_ part: Bytes, in text: Bytes, from start: Int) -> Int? {
        guard let first = part.first, text.count >= part.count else { return nil }
        var at = start
        let last = text.count - part.count
        while at <= last {
            if text[at] == first, text[at..<(at + part.count)].elementsEqual(part) { return at }
            at += 1
        }
        return nil
    }

    /// `split_part(x, delimiter, n)`.
    public static func split(_ text: Bytes, by delimiter: Bytes, part number: Int64) throws(PostgresError) -> Bytes {
        guard number != 0 else { throw PostgresError("22023", "field position must not be zero") }
        let nothing = Bytes(rebasing: text[0..<0])
        if text.isEmpty { return nothing }
        if delimiter.isEmpty { return number == 1 || number == -1 ? text : nothing }
        var starts = [0]
        var at = 0
        while let found = find(delimiter, in: text, from: at) {
            at = found + delimiter.count
            starts.append(at)
        }
        let index = number > 0 ? number - 1 : Int64(starts.count) + number
        guard index >= 0, index < Int64(starts.count) else { return nothing }
        let end = Int(index) + 1 < starts.count ? starts[Int(index) + 1] - delimiter.count : text.count
        return Bytes(rebasing: text[starts[Int(index)]..<end])
    }

    /// `btrim`, `ltrim`, `rtrim`: without the characters of `set` at the ends.
    public static func trim(_ text: Bytes, _ set: Bytes, left: Bool, right: Bool) -> Bytes {
        let members = Characters(set).map(Array.init)
        let contains = { (part: Slice<Bytes>) in members.contains { $0.elementsEqual(part) } }
        var start = 0
        var end = text.count
        while left, start < end {
            let next = start + Characters.length(text[start])
            guard next <= end, contains(text[start..<next]) else { break }
            start = next
        }
        while right, end > start {
            var previous = end - 1
            while previous > start, text[previous] & 0xc0 == 0x80 { previous -= 1 }
            guard contains(text[previous..<end]) else { break }
            end = previous
        }
        return Bytes(rebasing: text[start..<end])
    }
}
