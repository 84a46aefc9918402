import FeatureModel
import PostgresTypes
import Warehouse

/// Values that a frame carries as bytes: text as PostgreSQL prints it, or the bytes themselves.
final class BytesDecoder: ColumnDecoder {
    enum Form { case verbatim, numeric, uuid, jsonb }

    private let form: Form
    private var offsets: [Int32] = [0]
    private var bytes: [UInt8] = []

    init(_ form: Form) { self.form = form }

    override func append(_ value: UnsafeBufferPointer<UInt8>) throws {
        switch form {
        case .verbatim:
            bytes.append(contentsOf: value)
        case .jsonb:
            // One byte says the version of the form; 1 is text.
            guard value.first == 1 else { throw Self.wrongLength("jsonb", value.count) }
            bytes.append(contentsOf: value.dropFirst())
        case .uuid:
            guard value.count == 16 else { throw Self.wrongLength("uuid", value.count) }
            UUIDText.write(value, to: &bytes)
        case .numeric:
            guard NumericWire.write(value, to: &bytes) else { throw Self.wrongLength("numeric", value.count) }
        }
        guard let end = Int32(exactly: bytes.count) else {
            throw WarehouseError(.statementRefused, "A value is larger than 2 GB.", hint: "Leave the column out, or shorten the value in the query.")
        }
        offsets.append(end)
        counted()
    }

    override func appendPlaceholder() { offsets.append(offsets[offsets.count - 1]) }

    override func takeBuffers(_ validity: Bitmap) -> Column {
        defer {
            offsets = [0]
            bytes = []
        }
        return Column(offsets: offsets, bytes: bytes, validity: validity)
    }
}
