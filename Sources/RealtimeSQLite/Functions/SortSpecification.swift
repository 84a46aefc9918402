internal import EmbeddedSQL
internal import PostgresTypes
internal import SQLDialect

/// How an ordered aggregate sorts its rows: see the text's form at `SQLiteFunctions.orderedAggregates`.
struct SortSpecification {
    struct Key {
        let isDescending: Bool
        let nullsFirst: Bool
        let order: (StoredValue, StoredValue) -> Int
    }

    let isDistinct: Bool
    let keys: [Key]

    /// By the character that stands for them.
    private static let comparisons = Dictionary(
        uniqueKeysWithValues: ValueOrder.allCases.compactMap { order in order.mark.asciiValue.map { ($0, StoreCollations.comparison(order)) } })

    /// Specifications by their text, which statements repeat for every group. A connection runs one function at a time, so its functions share one.
    final class Known {
        private static let limit = 64
        private var entries: [(text: [UInt8], specification: SortSpecification)] = []

        func specification(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> SortSpecification {
            for entry in entries where entry.text.elementsEqual(text) { return entry.specification }
            let made = try SortSpecification(text)
            if entries.count < Self.limit { entries.append((Array(text), made)) }
            return made
        }
    }

    init(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        var rest = Array(text)[...]
        isDistinct = rest.first == UInt8(ascii: "u")
        if isDistinct { rest = rest.dropFirst() }
        var keys: [Key] = []
        while rest.count >= 3 {
            let part = Array(rest.prefix(3))
            rest = rest.dropFirst(3)
            let order: (StoredValue, StoredValue) -> Int
            if let comparison = Self.comparisons[part[2]] { order = { $0.order(to: $1, comparison) } } else { order = { $0.binaryOrder(to: $1) } }
            keys.append(Key(isDescending: part[0] == UInt8(ascii: "d"), nullsFirst: part[1] == UInt8(ascii: "f"), order: order))
        }
        guard rest.isEmpty else { throw PostgresError("XX000", "malformed sort specification") }
        self.keys = keys
    }

    /// Negative, 0 or positive; 0 means that the rows are peers.
    func order(_ left: [StoredValue], _ right: [StoredValue]) -> Int {
        for (index, key) in keys.enumerated() where index < left.count {
            let order = Self.order(left[index], right[index], key)
            if order != 0 { return order }
        }
        return 0
    }

    /// The same of rows of one value.
    func order(_ left: StoredValue, _ right: StoredValue) -> Int { keys.first.map { Self.order(left, right, $0) } ?? 0 }

    private static func order(_ a: StoredValue, _ b: StoredValue, _ key: Key) -> Int {
        if a.isNull || b.isNull { return a.isNull && b.isNull ? 0 : a.isNull == key.nullsFirst ? -1 : 1 }
        let order = key.order(a, b)
        return key.isDescending ? -order : order
    }
}
