/// A template of `to_char` for dates, taken apart: fields and the text between them.
public struct DatePicture: Sendable {
    enum Part: Sendable {
        case text([UInt8])
        /// Text in double quotes.
        case quoted([UInt8])
        case field(Field)
    }

    struct Field: Sendable {
        let keyword: String
        /// FM: without padding.
        let isBare: Bool
        let ordinal: Ordinal?
    }

    enum Ordinal: Sendable {
        case upper, lower
    }

    let parts: [Part]
    /// FX stands in it.
    let isExact: Bool

    /// Longer words before those that begin them.
    private static let keywords: [String] = [
        "A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "CC", "DAY", "DDD", "DD", "DY", "Day", "Dy", "D", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FX",
        "HH24", "HH12", "HH", "IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I", "J", "MI", "MM", "MONTH", "MON", "MS", "Month", "Mon", "OF", "P.M.",
        "PM", "Q", "RM", "SSSSS", "SSSS", "SS", "TZH", "TZM", "TZ", "US", "WW", "W", "Y,YYY", "YYYY", "YYY", "YY", "Y", "a.d.", "a.m.", "ad", "am",
        "b.c.", "bc", "cc", "day", "ddd", "dd", "dy", "d", "ff1", "ff2", "ff3", "ff4", "ff5", "ff6", "fx", "hh24", "hh12", "hh", "iddd", "id", "iw",
        "iyyy", "iyy", "iy", "i", "j", "mi", "mm", "month", "mon", "ms", "of", "p.m.", "pm", "q", "rm", "sssss", "ssss", "ss", "tzh", "tzm", "tz",
        "us", "ww", "w", "y,yyy", "yyyy", "yyy", "yy", "y",
    ]

    public init(_ template: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        let bytes = Array(template)
        var parts: [Part] = []
        var text: [UInt8] = []
        var isExact = false
        var at = 0
        let sees = { (word: String) in bytes[at...].starts(with: word.utf8) }
        func flush() {
            if !text.isEmpty { parts.append(.text(text)) }
            text = []
        }
        while at < bytes.count {
            var isBare = false
            while true {
                if sees("FM") || sees("fm") {
                    isBare = true
                } else if sees("TM") || sees("tm") {
                    throw .notSupported("TM in a format")
                } else {
                    break
                }
                at += 2
            }
            if at == bytes.count { break }
            if let keyword = Self.keywords.first(where: sees) {
                flush()
                at += keyword.utf8.count
                var ordinal: Ordinal?
                if sees("TH") {
                    ordinal = .upper
                } else if sees("th") {
                    ordinal = .lower
                } else if sees("SP") || sees("sp") {
                    throw .notSupported("SP in a format")
                }
                if ordinal != nil { at += 2 }
                guard keyword.lowercased() != "fx" else {
                    isExact = true
                    continue
                }
                parts.append(.field(Field(keyword: keyword, isBare: isBare, ordinal: ordinal)))
            } else if bytes[at] == UInt8(ascii: "\"") {
                at += 1
                flush()
                while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                    if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
                    text.append(bytes[at])
                    at += 1
                }
                at += 1
                parts.append(.quoted(text))
                text = []
            } else {
                if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") { at += 1 }
                text.append(bytes[at])
                at += 1
            }
        }
        flush()
        self.parts = parts
        self.isExact = isExact
    }
}
