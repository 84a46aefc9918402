import FeatureModel
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
    @Test("keeps what was written, digits and order included", arguments: [
        #"{"b":10.50,"a":[1e400,-0,null,true,false],"c":{}}"#, #""é\"\\\n""#, "[]", #"{"a":{"b":[[]]}}"#,
    ])
    func roundTrip(text: String) throws { #expect(try JSONReader.read(text).description == text) }

    @Test("reads escapes and surrogate pairs")
    func escapes() throws {
        #expect(try JSONReader.read(#""\u0041\ud83d\ude00\/\b""#) == .string("A😀/\u{8}"))
    }

    @Test("refuses what RFC 8259 refuses, and duplicate members", arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "nul", "\"\u{1}\"", "\"\\x\"", #""\ud800""#, #""\ud800\u0041""#, "[1] 2", #"{"a":1,"a":2}"#,
        "NaN", "'a'", #"{a:1}"#, #""\u12""#, #""\u+123""#, "--1", "1e", #"{"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":0,"9":1}"#,
    ])
    func refused(text: String) { #expect(throws: JSONReader.Problem.self) { try JSONReader.read(text) } }

    @Test("refuses bytes that are no UTF-8")
    func invalidUTF8() { #expect(throws: JSONReader.Problem.self) { try JSONReader.read([0x22, 0xff, 0x22] as [UInt8]) } }

    @Test("stops at the depth it was given")
    func depth() {
        let nested = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: JSONReader.Problem.self) { try JSONReader.read(nested) }
        #expect(throws: Never.self) { try JSONReader.read("[[[1]]]", maximumDepth: 3) }
    }
}
