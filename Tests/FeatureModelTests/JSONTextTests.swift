import FeatureModel
import Testing

@Suite("JSON strings")
struct JSONTextTests {
    private func written(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        bytes.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
        return out
    }

    /// What stands for one byte.
    private func expected(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\""): Array("\\\"".utf8)
        case UInt8(ascii: "\\"): Array("\\\\".utf8)
        case 0x08: Array("\\b".utf8)
        case 0x09: Array("\\t".utf8)
        case 0x0a: Array("\\n".utf8)
        case 0x0c: Array("\\f".utf8)
        case 0x0d: Array("\\r".utf8)
        case 0..<0x10: Array("\\u000".utf8) + Array(String(byte, radix: 16).utf8)
        case 0x10..<0x20: Array("\\u00".utf8) + Array(String(byte, radix: 16).utf8)
        default: [byte]
        }
    }

    @Test("escape what has to be, at every place among bytes of every kind")
    func everyByteEverywhere() {
        for filling: [UInt8] in [[0x61], [0x20], [0x21, 0x23, 0x5b, 0x5d], [0xc3, 0xa9], [0x7f, 0x80, 0xff]] {
            for count in 0...19 {
                let around = (0..<count).map { filling[$0 % filling.count] }
                #expect(written(around) == [0x22] + around + [0x22])
                for place in 0..<count {
                    for byte in UInt8.min...UInt8.max {
                        var text = around
                        text[place] = byte
                        let wanted = [0x22] + text.flatMap(expected) + [0x22]
                        if written(text) != wanted { Issue.record("byte \(byte) at \(place) of \(count): \(written(text))") }
                    }
                }
            }
        }
        #expect(written(Array("\"\"\\a\n".utf8)) == Array(#""\"\"\\a\n""#.utf8))
    }
}
