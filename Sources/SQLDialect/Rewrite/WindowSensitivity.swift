internal import FeatureModel

/// In which way a window function's answer depends on the order of rows that are equal under its ORDER BY.
enum WindowSensitivity {
    /// A number of the row itself.
    case number
    /// The value of the row so many before or after.
    case offset(String, Int64)
    /// The value of one row of the frame.
    case end(ofPosition: Bool)
    /// An aggregate over rows counted from this one; with its frame where more than this row's own place matters.
    case frame(WindowCall.Frame?)

    /// Nil if it does not: ranks, and aggregates whose frame takes equal rows together.
    init?(_ window: WindowCall) {
        let isCounted = window.frame.map { $0.mode == .rows && !$0.isWhole } ?? false
        switch window.function {
        case "row_number", "ntile": self = .number
        case "rank", "dense_rank", "percent_rank", "cume_dist", Binder.within: return nil
        case "lag", "lead":
            var distance: Int64 = 1
            if window.arguments.count > 1, case .integer(let number)? = window.arguments[1].literal { distance = number }
            if distance == 0 { return nil }
            self = .offset(window.function, distance)
        case "first_value": self = .end(ofPosition: isCounted && !(window.frame?.startsAtFirst ?? true))
        case "last_value": self = .end(ofPosition: isCounted && !(window.frame?.endsAtLast ?? true))
        case "nth_value": self = .end(ofPosition: isCounted)
        default:
            guard isCounted, let frame = window.frame else { return nil }
            self = .frame(frame.isRunning ? nil : frame)
        }
    }

    private static let message =
        "rows that are equal under PARTITION BY and ORDER BY of a window function differ, and its answer would depend on their order; "
        + "order by a unique column as well"

    /// The value, or an error where rows that would change it tie.
    func guarded(_ value: Expr, _ window: WindowCall, _ rows: inout MarkedRows) -> Expr {
        func over(_ function: String, _ arguments: [Expr], _ frame: WindowCall.Frame?, _ like: Expr) -> Expr {
            var result = like
            let call = WindowCall(
                function: function, arguments: arguments, filter: nil, partition: window.partition, order: window.order, frame: frame)
            result.operation = .window(call)
            result.isNullable = true
            return result
        }
        let isTied: [Expr]
        switch self {
        case .number:
            let own = rows.differ(window, in: nil)
            let used = window.greatestUsed.map { bound -> Expr in
                let rank = over("rank", [], nil, .integer(0, .int8))
                return .boolean(.and([own, .boolean(.compare(.lessOrEqual, rank, .integer(bound, .int8)), isNullable: false)]), isNullable: false)
            }
            isTied = [used ?? own]
        case .offset(let function, let distance):
            let target = rows.differ(window, in: [window.arguments[0]])
            isTied = [rows.differ(window, in: nil), over(function, [target, .integer(distance)], window.frame, target)]
        case .end(let ofPosition):
            let target = rows.differ(window, in: [window.arguments[0]])
            let chosen = over(window.function, [target] + window.arguments.dropFirst(), window.frame, target)
            isTied = (ofPosition ? [rows.differ(window, in: nil)] : []) + [chosen]
        case .frame(let frame):
            let own = rows.differ(window, in: nil)
            isTied = [own] + (frame.map { [over("max", [own], $0.withoutExclusion, own)] } ?? [])
        }
        var result = value
        let branches = isTied.map { Branch(condition: $0, value: TieGuard.raise(Self.message, value)) }
        result.operation = .choose(branches, otherwise: value)
        return result
    }
}

extension WindowCall.Frame {
    /// All rows of the partition.
    fileprivate var isWhole: Bool { start == .unboundedPreceding && end == .unboundedFollowing && exclusion == nil }
    /// From an end of the partition to this row; rows before it or after it count whatever their order.
    fileprivate var isRunning: Bool {
        [.unboundedPreceding, .currentRow].contains(start) && [.unboundedFollowing, .currentRow].contains(end) && exclusion == nil
    }
    /// The first row of the partition is always the first of the frame.
    fileprivate var startsAtFirst: Bool {
        if case .preceding = end { return false }
        return start == .unboundedPreceding && exclusion == nil
    }
    fileprivate var endsAtLast: Bool {
        if case .following = start { return false }
        return end == .unboundedFollowing && exclusion == nil
    }
    fileprivate var withoutExclusion: Self { Self(mode: mode, start: start, end: end, exclusion: nil) }
}
