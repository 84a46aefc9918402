extension ArrayText {
    /// PostgreSQL's `array_cmp`: negative, 0 or positive. Element by element, a NULL after everything else; then the number of elements, of
    /// dimensions, their lengths and where they begin.
    public static func compare(_ left: ArrayText, _ right: ArrayText, _ order: ([UInt8], [UInt8]) throws(PostgresError) -> Int) throws(PostgresError) -> Int {
        for (a, b) in zip(left.elements, right.elements) {
            guard let a, let b else {
                if a == nil && b == nil { continue }
                return a == nil ? 1 : -1
            }
            let found = try order(a, b)
            if found != 0 { return found }
        }
        let sizes = [(left.elements.count, right.elements.count), (left.dimensions.count, right.dimensions.count)]
        let dimensions = zip(left.dimensions, right.dimensions)
        for (a, b) in sizes + dimensions.map({ ($0.length, $1.length) }) + dimensions.map({ ($0.lower, $1.lower) }) where a != b {
            return a < b ? -1 : 1
        }
        return 0
    }
}
