import FeatureModel
import Warehouse

final class BoolDecoder: ColumnDecoder {
    private var bits = Bitmap()

    override func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard bytes.count == 1 else { throw Self.wrongLength("boolean", bytes.count) }
        bits.append(bytes[0] != 0)
        counted()
    }

    override func appendPlaceholder() { bits.append(false) }

    override func takeBuffers(_ validity: Bitmap) -> Column {
        defer { bits = Bitmap() }
        return Column(bits: bits, validity: validity)
    }
}

final class DoubleDecoder: ColumnDecoder {
    private let isSingle: Bool
    private var values: [Double] = []

    init(isSingle: Bool) { self.isSingle = isSingle }

    override func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        let raw = UnsafeRawBufferPointer(bytes)
        guard raw.count == (isSingle ? 4 : 8) else { throw Self.wrongLength(isSingle ? "real" : "double precision", raw.count) }
        if isSingle {
            values.append(Double(Float(bitPattern: UInt32(bigEndian: raw.loadUnaligned(as: UInt32.self)))))
        } else {
            values.append(Double(bitPattern: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))))
        }
        counted()
    }

    override func appendPlaceholder() { values.append(0) }

    override func takeBuffers(_ validity: Bitmap) -> Column {
        defer { values = [] }
        return Column(doubles: values, validity: validity)
    }
}

/// Integers, and dates and times as the integers a ``Physical`` describes.
final class IntegerDecoder: ColumnDecoder {
    enum Form { case int2, int4, int8, date, timestamp }

    /// From PostgreSQL's epoch, 2000-01-01, to 1970-01-01.
    private static let epochDays: Int64 = 10_957
    private static let epochMicroseconds: Int64 = 946_684_800_000_000

    private let form: Form
    private var values: [Int64] = []

    init(_ form: Form) { self.form = form }

    override func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        let raw = UnsafeRawBufferPointer(bytes)
        switch form {
        case .int2:
            guard raw.count == 2 else { throw Self.wrongLength("smallint", raw.count) }
            values.append(Int64(Int16(bigEndian: raw.loadUnaligned(as: Int16.self))))
        case .int4, .date:
            guard raw.count == 4 else { throw Self.wrongLength(form == .date ? "date" : "integer", raw.count) }
            let value = Int32(bigEndian: raw.loadUnaligned(as: Int32.self))
            values.append(form == .date ? Self.day(value) : Int64(value))
        case .int8, .timestamp:
            guard raw.count == 8 else { throw Self.wrongLength(form == .timestamp ? "timestamp" : "bigint", raw.count) }
            let value = Int64(bigEndian: raw.loadUnaligned(as: Int64.self))
            values.append(form == .timestamp ? try Self.moment(value) : value)
        }
        counted()
    }

    private static func day(_ days: Int32) -> Int64 {
        switch days {
        case .max: .max
        case .min: .min
        default: Int64(days) + epochDays
        }
    }

    private static func moment(_ microseconds: Int64) throws -> Int64 {
        if microseconds == .max || microseconds == .min { return microseconds }
        let (sum, overflow) = microseconds.addingReportingOverflow(epochMicroseconds)
        guard !overflow, sum != .max else {
            throw WarehouseError(
                .statementRefused, "A timestamp lies after the year 294246, which cannot be carried in 64 bits of microseconds since 1970.",
                hint: "Bring the value into range in the query, or store 'infinity'.", sqlstate: "22008")
        }
        return sum
    }

    override func appendPlaceholder() { values.append(0) }

    override func takeBuffers(_ validity: Bitmap) -> Column {
        defer { values = [] }
        return Column(integers: values, validity: validity)
    }
}
