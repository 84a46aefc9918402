internal import EmbeddedSQL
internal import PostgresTypes

/// The values of a frame in order. Sums of doubles depend on their order, and PostgreSQL adds up every frame anew,
/// so nothing is ever subtracted: what has left is dropped and the rest is added again.
struct FrameValues<Element> {
    private var values: [Element] = []
    private var first = 0

    var current: ArraySlice<Element> { values[first...] }

    mutating func append(_ value: Element) { values.append(value) }

    mutating func removeFirst() {
        first += 1
        // Half of it gone: the memory is given back, at a constant cost a row.
        if first > 64, first * 2 > values.count {
            values.removeFirst(first)
            first = 0
        }
    }
}
