import FeatureModel
import Warehouse

/// Values of one column in PostgreSQL's binary form, gathered into a ``Column``.
///
/// A class, so that each row's value goes to its column without moving the buffers.
class ColumnDecoder {
    final var count = 0
    private var validity = Bitmap()
    private var hasNulls = false

    static func make(for type: PostgresType) -> ColumnDecoder {
        if type.isArray { return BytesDecoder(.verbatim) }
        return switch type.kind {
        case .bool: BoolDecoder()
        case .int2: IntegerDecoder(.int2)
        case .int4: IntegerDecoder(.int4)
        case .int8, .time: IntegerDecoder(.int8)
        case .date: IntegerDecoder(.date)
        case .timestamp, .timestamptz: IntegerDecoder(.timestamp)
        case .float4: DoubleDecoder(isSingle: true)
        case .float8: DoubleDecoder(isSingle: false)
        case .numeric: BytesDecoder(.numeric)
        case .uuid: BytesDecoder(.uuid)
        case .jsonb: BytesDecoder(.jsonb)
        case .text, .varchar, .bpchar, .name, .json, .bytea, .unknown, .interval, .timetz, .other: BytesDecoder(.verbatim)
        }
    }

    /// Whether a column of this type has to come as the text that PostgreSQL prints, because its binary form is not read here.
    static func needsText(_ type: PostgresType) -> Bool {
        if type.isArray { return true }
        return switch type.kind {
        case .interval, .timetz, .other: true
        default: false
        }
    }

    /// Each type has its own.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) throws { preconditionFailure("a decoder must say how it appends") }
    func appendPlaceholder() { preconditionFailure("a decoder must say what stands for null") }
    func takeBuffers(_ validity: Bitmap) -> Column { preconditionFailure("a decoder must make its column") }

    final func appendNull() {
        if !hasNulls {
            validity = Bitmap(repeating: true, count: count)
            hasNulls = true
        }
        appendPlaceholder()
        validity.append(false)
        count += 1
    }

    /// To be called once a value has been appended.
    final func counted() {
        if hasNulls { validity.append(true) }
        count += 1
    }

    final func take() -> Column {
        let column = takeBuffers(hasNulls ? validity : Bitmap())
        validity = Bitmap()
        hasNulls = false
        count = 0
        return column
    }

    static func wrongLength(_ type: String, _ length: Int) -> WarehouseError {
        WarehouseError(
            .unexpected, "The warehouse sent \(length) bytes for a value of type \(type).",
            hint: "The table's definition may have changed; try again.")
    }
}
