internal import FeatureModel
internal import PostgresTypes

extension Binder {
    /// Runs an aggregate over a frame whose distance is no fixed number to SQLite: months, days by the clock of a zone, any number before a
    /// numeric without scale; or where SQLite would calculate otherwise than PostgreSQL: it adds the distance to the other row, which is rounded
    /// otherwise for doubles, and wrong at infinity and the ends of bigint where the frame lies on one side of its row.
    /// Its own rows are all from the current one on, so that it sees the partition and which row that is.
    static let within = "pg_within"
    static let withinFrame = WindowCall.Frame(mode: .rows, start: .currentRow, end: .unboundedFollowing, exclusion: nil)

    /// One end of a frame in RANGE as it is written.
    enum FrameEnd {
        case unbounded, currentRow
        case preceding(Expr)
        case following(Expr)

        fileprivate var mark: String {
            switch self {
            case .unbounded: "u"
            case .currentRow: "c"
            case .preceding: "p"
            case .following: "f"
            }
        }

        fileprivate var distance: Expr? {
            switch self {
            case .unbounded, .currentRow: nil
            case .preceding(let distance), .following(let distance): distance
            }
        }
    }

    /// A frame in RANGE with such distances.
    struct FrameDistances {
        private let key: Expr
        /// What the store's `FrameKeys` and `FrameEnds` read.
        private let form: String
        /// Intervals, or numerics as decimal text; NULL where the end has none.
        private let distances: [Expr]

        /// Nil where PostgreSQL would not take it, or a distance is no constant or negative.
        init?(_ ends: [FrameEnd], _ exclusion: WindowCall.Frame.Exclusion?, _ order: [SortKey]) {
            guard order.count == 1, let sort = order.first else { return nil }
            let kind: String
            switch (sort.expression.type.kind, sort.expression.encoding) {
            case (.date, .days): kind = "d"
            case (.timestamp, .microseconds): kind = "t"
            case (.timestamptz, .microseconds): kind = "z"
            case (.numeric, .scaled), (.numeric, .decimal): kind = "n"
            case (.int8, .integer): kind = "i"
            case (_, .real): kind = "f"
            default: return nil
            }
            key = kind == "n" ? Numerics.toDecimal(sort.expression) : sort.expression
            let excluded =
                switch exclusion {
                case nil: "-"
                case .currentRow: "c"
                case .group: "g"
                case .ties: "t"
                }
            form = (sort.isDescending ? "d" : "a") + (sort.nullsFirst ? "f" : "l") + kind + ends.map(\.mark).joined() + excluded
            var distances: [Expr] = []
            for end in ends {
                guard let distance = end.distance else {
                    distances.append(.null(PostgresType(.text), .text))
                    continue
                }
                let constant: Expr? =
                    switch kind {
                    case "n": Self.number(distance)
                    case "i": Self.integer(distance)
                    case "f": Self.double(distance)
                    default: Self.interval(distance)
                    }
                guard let constant else { return nil }
                distances.append(constant)
            }
            self.distances = distances
        }

        private static func number(_ value: Expr) -> Expr? {
            // An integer is printed without the cast that makes it a numeric.
            let number = value.encoding == .integer ? Numerics.fromInteger(value) : value
            guard number.type.kind == .numeric, number.literal != nil else { return nil }
            let decimal = Numerics.toDecimal(number)
            guard case .text(let digits)? = decimal.literal, digits.first?.isNumber == true else { return nil }
            return decimal
        }

        private static func integer(_ value: Expr) -> Expr? {
            guard value.encoding == .integer, case .integer(let distance)? = value.literal, distance >= 0 else { return nil }
            return value
        }

        private static func double(_ value: Expr) -> Expr? {
            let number = value.encoding == .integer ? Numerics.fromInteger(value) : value
            let double = number.type.kind == .numeric ? Numerics.toFloat(number, .float8) : number
            guard case .real(let distance)? = double.literal, distance >= 0 else { return nil }
            return double
        }

        private static func interval(_ value: Expr) -> Expr? {
            guard value.encoding == .interval, case .text(let text)? = value.literal, let interval = try? Interval(parsing: text), interval >= .zero
            else { return nil }
            return value
        }

        /// What stands before the aggregate's own arguments.
        fileprivate func arguments(_ function: String, zone: String, filter: Expr?) -> [Expr] {
            [.text(function), .text(form), key] + distances + [.text(zone), filter ?? .bool(true)]
        }
    }

    /// An aggregate over such a frame; nil if the store cannot run it so.
    func within(_ distances: FrameDistances, _ parts: BoundAggregate) -> [Expr]? {
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
        return distances.arguments(function, zone: input.timeZone, filter: parts.filter) + arguments
    }
}
