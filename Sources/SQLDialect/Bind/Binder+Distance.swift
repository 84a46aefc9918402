internal import FeatureModel
internal import PostgresTypes

extension Binder {
    /// `RANGE BETWEEN distance PRECEDING AND CURRENT ROW` with a distance that is no fixed number to SQLite: months, days by the clock of a
    /// zone, any number before a numeric without scale.
    struct FrameDistance {
        let key: SortKey
        /// An interval, or a numeric as decimal text.
        let distance: Expr
        /// What the key is: see `FrameDistance` of the store.
        private let kind: Character

        /// Nil where PostgreSQL would not take it, or the distance is no constant or negative.
        init?(_ value: Expr, _ order: [SortKey]) {
            guard order.count == 1, let key = order.first else { return nil }
            switch (key.expression.type.kind, key.expression.encoding) {
            case (.date, .days): kind = "d"
            case (.timestamp, .microseconds): kind = "t"
            case (.timestamptz, .microseconds): kind = "z"
            case (.numeric, .scaled), (.numeric, .decimal): kind = "n"
            default: return nil
            }
            self.key = key
            if kind == "n" {
                // An integer is printed without the cast that makes it a numeric.
                let number = value.encoding == .integer ? Numerics.fromInteger(value) : value
                guard number.type.kind == .numeric, number.literal != nil else { return nil }
                distance = Numerics.toDecimal(number)
                guard case .text(let digits)? = distance.literal, digits.first?.isNumber == true else { return nil }
            } else {
                guard value.encoding == .interval, case .text(let text)? = value.literal, let interval = try? Interval(parsing: text),
                    interval >= .zero
                else { return nil }
                distance = value
            }
        }

        var order: Expr { .text((key.isDescending ? "d" : "a") + (key.nullsFirst ? "f" : "l") + String(kind)) }

        var orderedKey: Expr { kind == "n" ? Numerics.toDecimal(key.expression) : key.expression }
    }

    /// An aggregate over such a frame, as one over all rows up to the current one that passes over those too far back.
    func within(_ distance: FrameDistance, _ parts: BoundAggregate) -> (function: String, arguments: [Expr])? {
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
        return (
            "pg_within",
            [.text(function), distance.order, distance.orderedKey, distance.distance, .text(input.timeZone), parts.filter ?? .bool(true)] + arguments
        )
    }
}
