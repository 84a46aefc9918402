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
            let (a, b) = (left[index], right[index])
            if a.isNull || b.isNull {
                if a.isNull && b.isNull { continue }
                return a.isNull == key.nullsFirst ? -1 : 1
            }
            let order = key.order(a, b)
            if order != 0 { return key.isDescending ? -order : order }
        }
        return 0
    }
}
