public import FeatureModel

/// The keys of one call, their values one after the other: no list for each key.
public struct KeyBatch: Sendable {
    public let count: Int
    /// Columns of a key.
    public let width: Int
    public let values: [Value]
    /// What the call's request holds for a statement that reads it: one row for all keys or one for each, again one after the other.
    public let requests: [Value]

    /// `values` must hold whole keys.
    public init(count: Int, width: Int, values: [Value], requests: [Value] = []) {
        precondition(values.count == count * width, "the values are no whole keys")
        self.count = count
        self.width = width
        self.values = values
        self.requests = requests
    }

    /// Keys of at least one column.
    public init(width: Int, values: [Value]) {
        self.init(count: values.count / width, width: width, values: values)
    }
}
