internal import EmbeddedSQL
internal import FeatureModel
internal import PostgresTypes

/// Rows on their way through `json_each`: JSON arrays, in which a text is a string and a number what SQLite holds.
enum RowText {
    static func write<Element, Failure>(
        _ elements: some Sequence<Element>, to out: inout [UInt8], _ body: (Element, inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        out.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            try body(element, &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    /// The value as SQLite holds it; a BLOB has no form here.
    static func write(_ value: Argument, to out: inout [UInt8]) {
        switch value.storageClass {
        case .null, .blob: out += "null".utf8
        case .integer: DecimalDigits.write(value.int64, to: &out)
        case .real: out += real(value.double).utf8
        case .text: JSONText.write(value.utf8, to: &out)
        }
    }

    /// Never the digits of an integer, and beyond all numbers where it is infinite.
    private static func real(_ value: Double) -> String {
        value.isInfinite ? value < 0 ? "-9e999" : "9e999" : value.description
    }

    static func put(_ part: JSONText15.Part, in text: UnsafeBufferPointer<UInt8>, _ result: FunctionResult) throws(PostgresError) {
        guard part.kind == .number else {
            guard let value = try JSONText15.text(of: part, in: text) else { return result.null() }
            return result.set(utf8: value)
        }
        let digits = String(decoding: text[part.range], as: UTF8.self)
        if let integer = Int64(digits) { result.set(integer) } else { result.set(Double(digits) ?? 0) }
    }
}

/// `pg_rows_pack`: every row of a sub-query as an array of its values.
final class RowPack: Aggregate {
    private var out: [UInt8] = []

    func step(_ arguments: Arguments) {
        out.append(UInt8(ascii: out.isEmpty ? "[" : ","))
        RowText.write(0..<arguments.count, to: &out) { index, out in RowText.write(arguments[index], to: &out) }
    }

    func finish(_ result: FunctionResult) {
        if out.isEmpty { return result.null() }
        out.append(UInt8(ascii: "]"))
        result.set(utf8: out)
    }
}
