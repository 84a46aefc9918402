/// Compares numerics by their printed form, without reading them into numbers: what the collation `pg_numeric` does for every comparison.
public enum NumericText {
    /// Negative, 0 or positive. Both must be printed by PostgreSQL or by ``Numeric``.
    public static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let (a, b) = (Reading(left), Reading(right))
        if a.rank != b.rank { return a.rank < b.rank ? -1 : 1 }
        guard a.rank == 1 || a.rank == -1 else { return 0 }
        let order = magnitudes(left, a, right, b)
        return a.rank < 0 ? -order : order
    }

    private struct Reading {
        /// -2 -Infinity, -1 negative, 0 zero, 1 positive, 2 Infinity, 3 NaN.
        let rank: Int
        /// The first digit that is not zero; where the digits before the point end; where the text ends.
        let first: Int
        let point: Int
        let end: Int

        init(_ text: UnsafeBufferPointer<UInt8>) {
            let isNegative = text.first == UInt8(ascii: "-")
            let start = isNegative ? 1 : 0
            end = text.count
            guard start < end, text[start].isDigit else {
                rank = start < end && text[start] == UInt8(ascii: "I") ? (isNegative ? -2 : 2) : 3
                first = 0
                point = 0
                return
            }
            var point = start
            while point < end, text[point] != UInt8(ascii: ".") { point += 1 }
            var first = start
            while first < end, text[first] == UInt8(ascii: "0") || text[first] == UInt8(ascii: ".") { first += 1 }
            self.point = point
            self.first = first
            rank = first == end ? 0 : isNegative ? -1 : 1
        }

        /// The place of the first digit that is not zero, counted from the point: 0 for units, -1 for tenths.
        var place: Int { first < point ? point - first - 1 : point - first }
    }

    private static func magnitudes(
        _ left: UnsafeBufferPointer<UInt8>, _ a: Reading, _ right: UnsafeBufferPointer<UInt8>, _ b: Reading
    ) -> Int {
        if a.place != b.place { return a.place < b.place ? -1 : 1 }
        var (i, j) = (a.first, b.first)
        while i < a.end || j < b.end {
            if i == a.point { i += 1 }
            if j == b.point { j += 1 }
            let x = i < a.end ? left[i] : UInt8(ascii: "0")
            let y = j < b.end ? right[j] : UInt8(ascii: "0")
            if x != y { return x < y ? -1 : 1 }
            i += 1
            j += 1
        }
        return 0
    }
}
