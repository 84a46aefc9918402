import PostgresTypes
import Testing

@Suite("text functions answer as PostgreSQL's")
struct TextTests {
    @Test("case, parts, padding, trimming, replacing, patterns, digests")
    func functions() throws {
        try Fixture.compare("text") { one in
            let first = one.arguments[0]
            let last = one.arguments.last!
            let number = Int64(last) ?? 0
            switch one.operation {
            case "lower": return written { out in first.parsed { LetterCase.lower($0, to: &out) } }
            case "upper": return written { out in first.parsed { LetterCase.upper($0, to: &out) } }
            case "initcap": return written { out in first.parsed { LetterCase.initcap($0, to: &out) } }
            case "length": return first.parsed { String(Characters($0).count) }
            case "reverse": return written { out in first.parsed { TextEdit.reverse($0, to: &out) } }
            case "ascii": return first.parsed { String(TextEdit.codePoint($0)) }
            case "quote": return written { out in first.parsed { TextEdit.quoteLiteral($0, to: &out) } }
            case "ident": return written { out in first.parsed { TextEdit.quoteIdentifier($0, to: &out) } }
            case "md5": return first.parsed { Self.hex(Digests.md5($0)) }
            case "sha": return first.parsed { "\\x" + Self.hex(Digests.sha256($0)) }
            case "left": return first.parsed { Self.text(TextParts.left($0, number)) }
            case "right": return first.parsed { Self.text(TextParts.right($0, number)) }
            case "substr": return first.parsed { Self.text(TextParts.substring($0, from: number)) }
            case "substr3": return try first.parsed { Self.text(try TextParts.substring($0, from: Int64(one.arguments[1])!, count: number)) }
            case "repeat": return try written { out in try first.parsed { try TextEdit.repeated($0, number, to: &out) } }
            case "lpad", "rpad":
                return try written { out in
                    try first.parsed { text in
                        try last.parsed {
                            try TextEdit.pad(text, length: Int64(one.arguments[1])!, fill: $0, onLeft: one.operation == "lpad", to: &out)
                        }
                    }
                }
            case "btrim", "ltrim", "rtrim":
                return first.parsed { text in
                    last.parsed { Self.text(TextParts.trim(text, $0, left: one.operation != "rtrim", right: one.operation != "ltrim")) }
                }
            case "position": return first.parsed { text in last.parsed { String(TextParts.position(of: $0, in: text)) } }
            case "starts": return first.utf8.starts(with: last.utf8) ? "true" : "false"
            case "replace":
                return written { out in
                    first.parsed { text in one.arguments[1].parsed { from in last.parsed { TextEdit.replace(text, from, with: $0, to: &out) } } }
                }
            case "translate":
                return written { out in
                    first.parsed { text in one.arguments[1].parsed { from in last.parsed { TextEdit.translate(text, from, with: $0, to: &out) } } }
                }
            case "split":
                return try first.parsed { text in try one.arguments[1].parsed { Self.text(try TextParts.split(text, by: $0, part: number)) } }
            case "chr": return try written { try TextEdit.character(number, to: &$0) }
            case "like", "ilike", "likeesc", "likenone":
                let escape = one.operation == "likeesc" ? "x" : one.operation == "likenone" ? "" : "\\"
                let pattern = try last.parsed { pattern in
                    try escape.parsed { try LikePattern(pattern, escape: $0, ignoresCase: one.operation == "ilike") }
                }
                return try first.parsed { try pattern.matches($0) } ? "true" : "false"
            case "encbase64", "encescape":
                let format = one.operation == "encbase64" ? "base64" : "escape"
                return try written { out in
                    try first.hexBytes.withUnsafeBufferPointer { bytes in try format.parsed { try BinaryText.encode(bytes, format: $0, to: &out) } }
                }.replacing("\n", with: "|")
            case "decbase64": return "\\x" + Self.hex(try first.parsed { text in try "base64".parsed { try BinaryText.decode(text, format: $0) } })
            case "hex4": return written { TextEdit.hex(number, bits: 32, to: &$0) }
            case "hex8": return written { TextEdit.hex(number, bits: 64, to: &$0) }
            default: return "unknown operation"
            }
        }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func hex(_ bytes: [UInt8]) -> String { written { for byte in bytes { Hexadecimal.write(byte, to: &$0) } } }
}
