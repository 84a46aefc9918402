internal import FeatureModel
internal import PostgresTypes

extension Binder {
    /// `RANGE BETWEEN distance PRECEDING AND distance PRECEDING` with a distance that is no fixed number to SQLite: months, days by the clock of
    /// a zone, any number before a numeric without scale. The frame may also begin with the partition, or end with the current row.
    struct FrameDistances {
        let key: SortKey
        /// Intervals, or numerics as decimal text; nil for UNBOUNDED PRECEDING, and for CURRENT ROW.
        let start: Expr?
        let end: Expr?
        /// What the key is: see `FrameDistance` of the store.
        private let kind: Character

        /// Nil where PostgreSQL would not take it, or a distance is no constant or negative.
        init?(_ start: Expr?, _ end: Expr?, _ order: [SortKey]) {
            guard order.count == 1, let key = order.first else { return nil }
            switch (key.expression.type.kind, key.expression.encoding) {
            case (.date, .days): kind = "d"
            case (.timestamp, .microseconds): kind = "t"
            case (.timestamptz, .microseconds): kind = "z"
            case (.numeric, .scaled), (.numeric, .decimal): kind = "n"
            default: return nil
            }
            self.key = key
            let isNumeric = kind == "n"
            let distances = [start, end].map { value in value.map { isNumeric ? Self.number($0) : Self.interval($0) } }
            if distances.contains(where: { $0 == .some(nil) }) { return nil }
            self.start = distances[0] ?? nil
            self.end = distances[1] ?? nil
        }

        private static func number(_ value: Expr) -> Expr? {
            // An integer is printed without the cast that makes it a numeric.
            let number = value.encoding == .integer ? Numerics.fromInteger(value) : value
            guard number.type.kind == .numeric, number.literal != nil else { return nil }
            let decimal = Numerics.toDecimal(number)
            guard case .text(let digits)? = decimal.literal, digits.first?.isNumber == true else { return nil }
            return decimal
        }

        private static func interval(_ value: Expr) -> Expr? {
            guard value.encoding == .interval, case .text(let text)? = value.literal, let interval = try? Interval(parsing: text), interval >= .zero
            else { return nil }
            return value
        }

        /// What stands before the aggregate's own arguments.
        func arguments(_ function: String, zone: String, filter: Expr?) -> [Expr] {
            let order = (key.isDescending ? "d" : "a") + (key.nullsFirst ? "f" : "l") + String(kind)
            let none = Expr.null(PostgresType(.text), .text)
            return [
                .text(function), .text(order), kind == "n" ? Numerics.toDecimal(key.expression) : key.expression, start ?? none, end ?? none,
                .text(zone), filter ?? .bool(true),
            ]
        }
    }

    /// An aggregate over such a frame, as one over all rows up to the current one that passes over those too far back, or too near.
    func within(_ distances: FrameDistances, _ parts: BoundAggregate) -> (function: String, arguments: [Expr])? {
        var function = parts.function, arguments = parts.arguments
        switch function {
        case "count": function = "pg_count"
        case "min", "max":
            guard let value = arguments.first else { return nil }
            let key = SortKey(expression: value, isDescending: function == "max", nullsFirst: false)
            function = "pg_extreme_window"
            arguments.append(.text(AggregateLowering.spec([key])))
        default: break
        }
        guard SQLiteFunctions.byName[function]?.contains(where: { $0.kind == .windowAggregate }) == true else { return nil }
        return ("pg_within", distances.arguments(function, zone: input.timeZone, filter: parts.filter) + arguments)
    }
}
