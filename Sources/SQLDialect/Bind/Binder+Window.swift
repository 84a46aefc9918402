internal import FeatureModel

extension Binder {
    private static let aggregates = Set(SupportTable.entries.lazy.filter { $0.kind == .aggregate }.map(\.name))
    private static let offsetFunctions: Set = ["lag", "lead", "first_value", "last_value", "nth_value"]

    func bind(window node: Node, _ name: String, _ over: Node, _ scope: Scope) -> Expr {
        let definition = definition(over, scope)
        let partition = definition.partition.map { bind($0, scope) }
        for key in partition { requireEquality(key, "PARTITION BY") }
        let order = definition.order.flatMap { sortKeys($0, scope) } ?? []
        guard let frame = frame(definition.frame, order, scope) else { return .poison }
        let refusal = "window frame RANGE with such an offset"
        if partition.contains(where: \.isPoison) || order.contains(where: \.expression.isPoison) { return .poison }
        func window(_ function: String, _ arguments: [Expr], _ filter: Expr? = nil) -> Operation {
            .window(
                WindowCall(
                    function: function, arguments: arguments, filter: filter, partition: partition, order: order, frame: frame.frame, isWritten: true)
            )
        }
        if Self.aggregates.contains(name) {
            guard let parts = bindAggregate(node, name, scope, isWindow: true) else { return .poison }
            if parts.isDistinct { return unsupported("DISTINCT in a window function") }
            if SQLiteFunctions.byName[parts.function]?.contains(where: { $0.kind == .aggregate }) == true {
                return unsupported("function \(name) over a window")
            }
            var result = parts.result
            if let distances = frame.distances {
                guard let arguments = within(distances, parts) else { return unsupported(refusal) }
                result.operation = window(Self.within, arguments)
            } else {
                result.operation = window(parts.function, parts.arguments, parts.filter)
            }
            return parts.finish(result)
        }
        if frame.distances != nil { return unsupported(refusal) }
        if node["agg_filter"] != nil { return unsupported("FILTER of the window function \(name)") }
        let arguments = node.list("args").map { bind($0, scope) }
        if arguments.contains(where: \.isPoison) { return .poison }
        if Self.offsetFunctions.contains(name) { return offset(name, arguments, window) }
        if name == "ntile" {
            guard case .integer(let buckets)? = arguments.first?.literal, buckets > 0 else {
                return unsupported("ntile of what is not a positive constant")
            }
        }
        guard let entry = SupportTable.entry(.windowFunction, name, arguments.map(\.type)), let encoding = Encoding.ofColumn(entry.result) else {
            return unsupported("window function \(name)(\(arguments.map(\.type.description).joined(separator: ", ")))")
        }
        return Expr(window(name, arguments), entry.result, encoding, isNullable: false)
    }

    /// lag, lead, first_value, last_value, nth_value: the value's own type; offsets are constants, as SQLite checks them otherwise.
    private func offset(_ name: String, _ arguments: [Expr], _ window: (String, [Expr], Expr?) -> Operation) -> Expr {
        guard var value = arguments.first else { return .poison }
        var all = arguments
        if arguments.count > 1 {
            guard case .integer(let offset)? = arguments[1].literal, offset >= (name == "nth_value" ? 1 : 0) else {
                return unsupported("\(name) with an offset that is no constant, or negative")
            }
        }
        if arguments.count == 3 {
            let both = unified([arguments[0], arguments[2]], name)
            if both.contains(where: \.isPoison) { return .poison }
            all = [both[0], arguments[1], both[1]]
            value = summary(both)
        }
        if value.type.kind == .unknown { return unsupported("\(name) of NULL") }
        value.isNullable = true
        value.operation = window(name, all, nil)
        return value
    }

    // MARK: Definitions

    private struct Definition {
        var partition: [Node]
        var order: NodeList?
        var frame: Node
    }

    /// `OVER w`, `OVER (w ORDER BY …)`, `OVER (…)`. A window that builds on another takes its PARTITION BY, and its ORDER BY if it has one.
    private func definition(_ window: Node, _ scope: Scope) -> Definition {
        if window.list("partitionClause").isEmpty, window.list("orderClause").isEmpty, window.string("refname") == nil,
            let name = window.string("name"), let other = scope.windows[name], other != window
        {
            return definition(other, scope)
        }
        var result = Definition(partition: Array(window.list("partitionClause")), order: window.list("orderClause"), frame: window)
        if let name = window.string("refname"), let other = scope.windows[name], other != window {
            let base = definition(other, scope)
            result.partition = base.partition
            if window.list("orderClause").isEmpty { result.order = base.order }
        }
        return result
    }

    // MARK: Frames

    /// PostgreSQL's `FRAMEOPTION_` bits.
    private struct FrameOptions: OptionSet {
        let rawValue: Int
        static let nonDefault = FrameOptions(rawValue: 0x1)
        static let range = FrameOptions(rawValue: 0x2)
        static let rows = FrameOptions(rawValue: 0x4)
        static let groups = FrameOptions(rawValue: 0x8)
        static let startUnbounded = FrameOptions(rawValue: 0x20)
        static let endUnbounded = FrameOptions(rawValue: 0x100)
        static let startCurrent = FrameOptions(rawValue: 0x200)
        static let endCurrent = FrameOptions(rawValue: 0x400)
        static let startPreceding = FrameOptions(rawValue: 0x800)
        static let endPreceding = FrameOptions(rawValue: 0x1000)
        static let startFollowing = FrameOptions(rawValue: 0x2000)
        static let endFollowing = FrameOptions(rawValue: 0x4000)
        static let excludeCurrent = FrameOptions(rawValue: 0x8000)
        static let excludeGroup = FrameOptions(rawValue: 0x10000)
        static let excludeTies = FrameOptions(rawValue: 0x20000)
    }

    /// Nil, with an obstacle, if the frame cannot be written; the inner nil is the default frame. With distances it is that of ``within``.
    private func frame(_ node: Node, _ order: [SortKey], _ scope: Scope) -> (frame: WindowCall.Frame?, distances: FrameDistances?)? {
        let options = FrameOptions(rawValue: node.int("frameOptions"))
        guard options.contains(.nonDefault) else { return (nil, nil) }
        let mode: WindowCall.Frame.Mode = options.contains(.rows) ? .rows : options.contains(.groups) ? .groups : .range
        let isOneSided = options.contains(.endPreceding) || options.contains(.startFollowing)
        func distance(_ field: String, isWithin: Bool) -> WindowCall.Frame.Bound? {
            guard let node = node[field] else { return nil }
            return distanceBound(bind(node, scope), mode, order, isWithin: isWithin, isOneSided: isOneSided)
        }
        let start: WindowCall.Frame.Bound? =
            options.contains(.startUnbounded)
            ? .unboundedPreceding
            : options.contains(.startCurrent)
                ? .currentRow
                : options.contains(.startPreceding)
                    ? distance("startOffset", isWithin: true) : distance("startOffset", isWithin: false).map(Self.following)
        let end: WindowCall.Frame.Bound? =
            options.contains(.endUnbounded)
            ? .unboundedFollowing
            : options.contains(.endCurrent)
                ? .currentRow
                : options.contains(.endPreceding)
                    ? distance("endOffset", isWithin: false) : distance("endOffset", isWithin: true).map(Self.following)
        let exclusion: WindowCall.Frame.Exclusion? =
            options.contains(.excludeCurrent) ? .currentRow : options.contains(.excludeGroup) ? .group : options.contains(.excludeTies) ? .ties : nil
        guard let start, let end else {
            if mode == .range, let distances = FrameDistances(ends(node, options, scope), exclusion, order) { return (Self.withinFrame, distances) }
            unsupported("window frame \(mode.rawValue) with such an offset")
            return nil
        }
        return (WindowCall.Frame(mode: mode, start: start, end: end, exclusion: exclusion), nil)
    }

    /// Both ends as they are written.
    private func ends(_ node: Node, _ options: FrameOptions, _ scope: Scope) -> [FrameEnd] {
        func end(_ unbounded: FrameOptions, _ current: FrameOptions, _ preceding: FrameOptions, _ field: String) -> FrameEnd {
            if options.contains(unbounded) { return .unbounded }
            guard !options.contains(current), let offset = node[field].map({ bind($0, scope) }) else { return .currentRow }
            return options.contains(preceding) ? .preceding(offset) : .following(offset)
        }
        return [
            end(.startUnbounded, .startCurrent, .startPreceding, "startOffset"), end(.endUnbounded, .endCurrent, .endPreceding, "endOffset"),
        ]
    }

    private static func following(_ bound: WindowCall.Frame.Bound) -> WindowCall.Frame.Bound {
        if case .preceding(let distance) = bound { .following(distance) } else { bound }
    }

    /// The offset as a number in the encoding of the sort key; nil if that is not exact or may be negative.
    ///
    /// - Parameters:
    ///   - isWithin: the frame goes no farther than this; else it begins no nearer. It tells which whole day, or last digit, counts.
    ///   - isOneSided: the frame ends before its row, or begins behind it.
    private func distanceBound(
        _ value: Expr, _ mode: WindowCall.Frame.Mode, _ order: [SortKey], isWithin: Bool, isOneSided: Bool
    ) -> WindowCall.Frame.Bound? {
        if mode != .range {
            guard case .integer(let count)? = value.literal, count >= 0 else { return nil }
            return .preceding(count)
        }
        guard order.count == 1, let key = order.first?.expression else { return nil }
        // Beyond infinity, or the ends of bigint, SQLite finds other rows than PostgreSQL on one side (``within``).
        if isOneSided, [.int8, .date, .timestamp, .timestamptz].contains(key.type.kind) { return nil }
        switch (key.encoding, value.literal) {
        case (.integer, .integer(let distance)?) where distance >= 0: return .preceding(distance)
        case (.scaled(let scale), .integer(let distance)?) where distance >= 0:
            // An integer is printed without the cast that makes it a numeric.
            let number = value.encoding == .integer ? Numerics.fromInteger(value) : value
            guard case .scaled(let own) = number.encoding else { return nil }
            if own > scale { return .preceding(Self.quotient(distance, Numerics.powersOfTen[own - scale], roundedDown: isWithin)) }
            guard let raised = Numerics.raised(number, to: scale), case .integer(let scaled)? = raised.literal else { return nil }
            return .preceding(scaled)
        case (.microseconds, .text(let interval)?) where value.encoding == .interval:
            // A day is 24 hours for timestamps without zone, and for those with one under UTC.
            guard key.type.kind == .timestamp || key.type.kind == .timestamptz && (Self.isUTC(input.timeZone) || !interval.contains("day")) else {
                return nil
            }
            return LiteralEncoder.microseconds(ofInterval: interval).flatMap { $0 >= 0 ? .preceding($0) : nil }
        case (.days, .text(let interval)?) where value.encoding == .interval:
            guard let distance = LiteralEncoder.microseconds(ofInterval: interval), distance >= 0 else { return nil }
            return .preceding(Self.quotient(distance, 86_400_000_000, roundedDown: isWithin))
        default: return nil
        }
    }

    private static func quotient(_ value: Int64, _ unit: Int64, roundedDown: Bool) -> Int64 {
        value / unit + (value % unit > 0 && !roundedDown ? 1 : 0)
    }
}
