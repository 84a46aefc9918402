/// `width_bucket(value, thresholds)`.
public enum Bucket {
    /// How many thresholds are not greater, found by halving as PostgreSQL does: where they are not sorted the answer is the same, too.
    public static func place<Value>(of value: Value, in thresholds: [Value], isLess: (Value, Value) -> Bool) -> Int {
        var left = 0, right = thresholds.count
        while left < right {
            let middle = (left + right) / 2
            if isLess(value, thresholds[middle]) { right = middle } else { left = middle + 1 }
        }
        return left
    }
}
