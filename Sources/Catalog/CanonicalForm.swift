import Crypto
import Foundation

/// Helps to make and compare the canonical forms that ids are made from.
public enum CanonicalForm {
    /// SHA-256 of a canonical form in hexadecimal, without the key: what `canonicalDigest` of a content holds.
    /// Equal ids must have equal digests.
    public static func digest(_ canonicalForm: some Sequence<UInt8>) -> String {
        hexadecimal(SHA256.hash(data: Array(canonicalForm)))
    }

    /// An ETL's canonical form: language, source and package lock, each preceded by its length in bytes.
    public static func etl(language: ETLLanguage, source: String, packageLock: String? = nil) -> [UInt8] {
        var form: [UInt8] = []
        for part in [language.rawValue, source, packageLock ?? ""] {
            form.append(contentsOf: "\(part.utf8.count):".utf8)
            form.append(contentsOf: part.utf8)
        }
        return form
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
