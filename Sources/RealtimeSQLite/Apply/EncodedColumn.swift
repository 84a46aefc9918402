internal import EmbeddedSQL
internal import FeatureModel
internal import SQLDialect

/// A frame's column in the form in which SQLite holds it, ready to be bound row by row.
///
/// `@unchecked Sendable`: nothing changes after `init`. Text is bound without copies, so an encoded column must outlive the statements'
/// steps; the apply function keeps it until its bindings are cleared.
final class EncodedColumn: @unchecked Sendable {
    enum Problem: Error {
        /// A NULL where the column has none.
        case null(row: Int)
        /// A value that the encoding cannot hold; `why` completes "SQLite cannot hold …".
        case value(row: Int, why: String)
    }

    private enum Slots {
        case integers([Int64])
        case doubles([Double])
        case text(offsets: [Int32], bytes: UnsafeMutableBufferPointer<UInt8>)
        case blob(offsets: [Int32], bytes: [UInt8])
    }

    private let slots: Slots
    private let validity: Bitmap?

    /// `source` must have the layout of the type that `encoding` is for.
    init(_ source: Column, encoding: Encoding, isNullable: Bool) throws(Problem) {
        validity = source.nullCount > 0 ? source.validity : nil
        if !isNullable, source.nullCount > 0 { throw .null(row: (0..<source.count).first { source.isNull($0) } ?? 0) }
        switch encoding {
        case .integer, .days, .microseconds: slots = .integers(source.integers)
        case .boolean: slots = .integers((0..<source.count).map { source.bits[$0] ? 1 : 0 })
        case .real: slots = .doubles(try Self.reals(source))
        case .scaled(let scale): slots = .integers(try Self.scaled(source, scale: scale))
        case .text, .padded, .decimal, .interval:
            // An address that stays: arrays lend theirs only for the length of a closure.
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: source.bytes.count)
            _ = bytes.initialize(from: source.bytes)
            slots = .text(offsets: source.offsets, bytes: bytes)
        case .blob: slots = .blob(offsets: source.offsets, bytes: source.bytes)
        }
    }

    deinit {
        if case .text(_, let bytes) = slots { bytes.deallocate() }
    }

    private static func reals(_ source: Column) throws(Problem) -> [Double] {
        for (row, value) in source.doubles.enumerated() where !source.isNull(row) {
            if value.isNaN { throw .value(row: row, why: "NaN, which it takes for NULL") }
            if value == 0, value.sign == .minus { throw .value(row: row, why: "negative zero, which it takes for zero") }
        }
        return source.doubles
    }

    private static func scaled(_ source: Column, scale: Int) throws(Problem) -> [Int64] {
        var values = [Int64](repeating: 0, count: source.count)
        for row in 0..<source.count where !source.isNull(row) {
            guard let value = source.withBytes(row, { ScaledText.parse($0, scale: scale) }) else {
                throw .value(
                    row: row, why: "a value with more than \(scale) digits after the point, NaN or Infinity in a column declared with that scale")
            }
            values[row] = value
        }
        return values
    }

    func bind(_ row: Int, to statement: Statement, at index: Int) throws {
        if let validity, !validity[row] { return try statement.bindNull(at: index) }
        switch slots {
        case .integers(let values): try statement.bind(values[row], at: index)
        case .doubles(let values): try statement.bind(values[row], at: index)
        case .text(let offsets, let bytes):
            try statement.bind(borrowing: UnsafeBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[row + 1])]), at: index)
        case .blob(let offsets, let bytes):
            try bytes.withUnsafeBufferPointer {
                try statement.bind(blob: UnsafeBufferPointer(rebasing: $0[Int(offsets[row])..<Int(offsets[row + 1])]), at: index)
            }
        }
    }

    /// The integer in a row of an integer column that is not NULL.
    func integer(_ row: Int) -> Int64 {
        if case .integers(let values) = slots { values[row] } else { 0 }
    }
}
