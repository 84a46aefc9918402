internal import FeatureModel

/// Rows as they are read, and how many and how large they are. Limits count what other buffers of the same call hold, too.
struct RowBuffer {
    let schema: Schema
    var columns: [Column]
    var count: Int
    var bytes: Int

    init(_ schema: Schema, count: Int = 0, bytes: Int = 0) {
        self.schema = schema
        self.count = count
        self.bytes = bytes
        columns = schema.fields.map { Column($0.type.physical) }
    }

    var frame: Frame { Frame(schema: schema, columns: columns) }
}
