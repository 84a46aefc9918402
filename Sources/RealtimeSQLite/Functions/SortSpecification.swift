internal import EmbeddedSQL
internal import PostgresTypes

/// How an ordered aggregate sorts its rows: see the text's form at `SQLiteFunctions.orderedAggregates`.
struct SortSpecification {
    struct Key {
        let isDescending: Bool
        let nullsFirst: Bool
        let order: (StoredValue, StoredValue) -> Int
    }

    let isDistinct: Bool
    let keys: [Key]

    init(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        var rest = Array(text)[...]
        isDistinct = rest.first == UInt8(ascii: "u")
        if isDistinct { rest = rest.dropFirst() }
        var keys: [Key] = []
        while rest.count >= 3 {
            let part = Array(rest.prefix(3))
            rest = rest.dropFirst(3)
            let order: (StoredValue, StoredValue) -> Int
            switch part[2] {
            case UInt8(ascii: "n"): order = { $0.order(to: $1) { NumericText.compare($0, $1) } }
            case UInt8(ascii: "i"): order = { $0.order(to: $1) { StoreCollations.compareIntervals($0, $1) } }
            case UInt8(ascii: "r"): order = { $0.withoutBlanks.binaryOrder(to: $1.withoutBlanks) }
            default: order = { $0.binaryOrder(to: $1) }
            }
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
