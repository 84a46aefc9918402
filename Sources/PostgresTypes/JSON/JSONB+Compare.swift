extension JSONB {
    /// PostgreSQL's `compareJsonbContainers` where text is ordered by bytes: negative, 0 or positive.
    ///
    /// At the top a scalar is held as an array of one element: it comes after an empty array and before every other container.
    public static func compare(_ left: JSONB, _ right: JSONB) -> Int {
        switch (left, right) {
        case (.array(let elements), _) where !right.isContainer: elements.isEmpty ? -1 : 1
        case (_, .array(let elements)) where !left.isContainer: elements.isEmpty ? 1 : -1
        default: order(left, right)
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .string: 1
        case .number: 2
        case .bool: 3
        case .array: 4
        case .object: 5
        }
    }

    private static func order(_ left: JSONB, _ right: JSONB) -> Int {
        switch (left, right) {
        case (.string(let a), .string(let b)): return order(a, b)
        case (.number(let a), .number(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.bool(let a), .bool(let b)): return a == b ? 0 : a ? 1 : -1
        case (.array(let a), .array(let b)):
            if a.count != b.count { return a.count < b.count ? -1 : 1 }
            for (x, y) in zip(a, b) {
                let found = order(x, y)
                if found != 0 { return found }
            }
            return 0
        case (.object(let a), .object(let b)):
            if a.count != b.count { return a.count < b.count ? -1 : 1 }
            for (x, y) in zip(a, b) {
                // Keys stand in the order of their lengths, but are compared as texts.
                let key = order(x.key, y.key)
                let found = key == 0 ? order(x.value, y.value) : key
                if found != 0 { return found }
            }
            return 0
        default: return left.rank < right.rank ? -1 : left.rank == right.rank ? 0 : 1
        }
    }

    private static func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }
}
