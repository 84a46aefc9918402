internal import EmbeddedSQL
internal import FeatureModel

/// Where a lookup's rows go as they are read. Limits count what `count` and `bytes` say.
protocol RowTarget {
    var count: Int { get set }
    /// What the rows take in memory.
    var bytes: Int { get set }

    /// Appends the present row. Returns the place of a column whose value is of another class than its reader expects; nil if all are right.
    mutating func take(_ compiled: Statement, _ readers: [CellReader]) -> Int?
}

/// Rows as they are read, and how many and how large they are. Limits count what other buffers of the same call hold, too.
struct RowBuffer: RowTarget {
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

    mutating func take(_ compiled: Statement, _ readers: [CellReader]) -> Int? {
        for index in readers.indices {
            guard let size = readers[index].read(compiled, index, into: &columns[index]) else { return index }
            bytes += size
        }
        return nil
    }
}
