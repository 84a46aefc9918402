import Catalog
import FeatureModel
import Foundation
import Testing

@Suite("Identity")
struct IdentityTests {
    private let key = IdentityKey(bytes: Array(0..<32))!

    /// Made with OpenSSL: `printf 'fs1\0query\0{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f`.
    @Test("gives the ids that OpenSSL's HMAC-SHA256 gives")
    func knownAnswer() {
        let form = #"{"a":1}"#.utf8
        #expect(key.id(QueryKind.self, canonicalForm: form).hex == "eec80c89362e13e8fb3110d9")
        #expect(key.id(ETLKind.self, canonicalForm: form).hex == "59ae73e7e40669bbaeb0d193")
        #expect(CanonicalForm.digest(form) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")
    }

    @Test("gives other kinds, other content and other keys other ids")
    func distinct() {
        let ids = [
            key.id(QueryKind.self, canonicalForm: "a".utf8).hex, key.id(ETLKind.self, canonicalForm: "a".utf8).hex,
            key.id(QueryKind.self, canonicalForm: "b".utf8).hex, key.id(QueryKind.self, canonicalForm: "".utf8).hex,
            IdentityKey.random().id(QueryKind.self, canonicalForm: "a".utf8).hex,
        ]
        #expect(Set(ids).count == ids.count)
    }

    @Test("frames an ETL's source and lock so that moving text between them changes the form")
    func etlForm() {
        let forms = [
            CanonicalForm.etl(language: .python, source: "ab", packageLock: "c"),
            CanonicalForm.etl(language: .python, source: "a", packageLock: "bc"),
            CanonicalForm.etl(language: .python, source: "abc"), CanonicalForm.etl(language: .sql, source: "abc"),
            CanonicalForm.etl(language: .python, source: "a1:b"),
        ]
        #expect(Set(forms).count == forms.count)
    }

    @Test("reads a configured key as hexadecimal of either case or base64")
    func configured() throws {
        let hex = key.bytes.map { String(format: "%02x", $0) }.joined()
        let base64 = Data(key.bytes).base64EncodedString()
        for text in [hex, hex.uppercased(), base64, String(base64.dropLast()), " \(hex)\n"] {
            #expect(try IdentityKey(configured: text).isSame(as: key))
        }
    }

    @Test(
        "refuses a malformed key without repeating it",
        arguments: ["", "secret", String(repeating: "ab", count: 31), String(repeating: "z", count: 64)])
    func malformed(_ text: String) {
        let error = #expect(throws: IdentityError.self) { try IdentityKey(configured: text) }
        #expect(error?.code == "catalog_key_malformed")
        if let error, !text.isEmpty { #expect(!"\(error) \(error.reason) \(error.hint ?? "")".contains(text)) }
    }

    @Test("never prints a key")
    func printing() {
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("31") && !text.contains("1f"))
        }
    }
}
