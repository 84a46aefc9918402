import FeatureModel
@testable import SQLDialect

extension Mutator {
    mutating func rewritten(_ expression: Expr) -> Expr {
        var value = expression
        switch expression.operation {
        case .column, .output, .parameter, .poison: break
        case .literal(let literal): offerLiteral(literal, &value)
        case .compare(let op, let left, let right):
            for other in Self.others(op) where left.isNullable && right.isNullable || !Self.isOfNulls(op, other) { offer(&value, "\(op.rawValue) as \(other.rawValue)") { $0.operation = .compare(other, left, right) } }
            if left.encoding == .decimal || left.encoding == .interval {
                offer(&value, "\(op.rawValue) without its collation") { $0.operation = .compare(op, Self.uncollated(left), Self.uncollated(right)) }
            }
        case .arithmetic(let op, let left, let right):
            for other in ["+", "-", "*"] where other != op && ["+", "-", "*"].contains(op) {
                offer(&value, "\(op) as \(other)") { $0.operation = .arithmetic(other, left, right) }
            }
        case .and(let parts), .or(let parts):
            let isAnd = if case .and = expression.operation { true } else { false }
            offer(&value, isAnd ? "AND as OR" : "OR as AND") { $0.operation = isAnd ? .or(parts) : .and(parts) }
        case .not(let part): offer(&value, "NOT dropped") { $0 = part }
        case .isNull(let part): offer(&value, "IS NULL as IS NOT NULL") { $0.operation = .isNotNull(part) }
        case .isNotNull(let part): offer(&value, "IS NOT NULL as IS NULL") { $0.operation = .isNull(part) }
        case .isBoolean(let part, let flag, let negated):
            offer(&value, "IS \(flag) turned") { $0.operation = .isBoolean(part, value: flag, negated: !negated) }
            if !negated { offer(&value, "IS \(flag) dropped") { $0.operation = flag ? part.operation : .not(part) } }
        case .choose(let branches, let otherwise):
            for index in branches.indices {
                offer(&value, Self.raises(branches[index].value) ? "tie guard removed" : "CASE without a branch") {
                    var rest = branches
                    rest.remove(at: index)
                    if rest.isEmpty { $0 = otherwise ?? .null($0.type, $0.encoding) } else { $0.operation = .choose(rest, otherwise: otherwise) }
                }
            }
            if otherwise != nil { offer(&value, "CASE without ELSE") { $0.operation = .choose(branches, otherwise: nil) } }
        case .coalesce(let parts):
            offer(&value, "COALESCE of the first alone") { $0 = parts[0] }
            if parts.count > 1 { offer(&value, "COALESCE of the last alone") { $0 = parts[parts.count - 1] } }
        case .nullIf(let left, _): offer(&value, "NULLIF dropped") { $0 = left }
        case .inList(let part, let items, let negated):
            offer(&value, "IN turned") { $0.operation = .inList(part, items, negated: !negated) }
            if items.count > 1 { offer(&value, "IN without its last item") { $0.operation = .inList(part, Array(items.dropLast()), negated: negated) } }
        case .toReal(let part): offer(&value, "conversion to floating point skipped") { $0.operation = part.operation }
        case .toDigits(let part): offer(&value, "conversion to digits skipped") { $0.operation = part.operation }
        case .exists(let query): offer(&value, "EXISTS turned") { $0.operation = .not(.boolean(.exists(query), isNullable: false)) }
        case .scalarSubquery(let query, let isSingle):
            if !isSingle { offer(&value, "one row of a sub-query taken for granted") { $0.operation = .scalarSubquery(query, provenSingle: true) } }
        case .inSubquery(let values, let query, let negated):
            offer(&value, "IN (sub-query) turned") { $0.operation = .inSubquery(values, query, negated: !negated) }
        case .call(let name, let parts): offerCall(name, parts, &value)
        case .aggregate(let aggregate): offerAggregate(aggregate, &value)
        case .window(let window): offerWindow(window, &value)
        }
        return value
    }

    private static func raises(_ value: Expr) -> Bool { if case .call("pg_raise", _) = value.operation { true } else { false } }

    private mutating func offerLiteral(_ literal: Literal, _ value: inout Expr) {
        switch literal {
        case .integer(let number) where value.encoding == .boolean: offer(&value, "constant turned") { $0.operation = .literal(.integer(1 - number)) }
        case .integer(let number): offer(&value, "constant one more") { $0.operation = .literal(.integer(number &+ 1)) }
        case .real(let number): offer(&value, "constant a little more") { $0.operation = .literal(.real(number + 0.5)) }
        case .text(let text) where value.encoding == .text && !text.isEmpty: offer(&value, "constant cut short") { $0.operation = .literal(.text(String(text.dropLast()))) }
        default: break
        }
    }

    /// Whether the two differ only where both sides are null, or for nulls at all.
    private static func isOfNulls(_ op: ComparisonOperator, _ other: ComparisonOperator) -> Bool {
        [[.equal, .notDistinct], [.notEqual, .distinct]].contains { $0.contains(op) && $0.contains(other) }
    }

    private static func others(_ op: ComparisonOperator) -> [ComparisonOperator] {
        switch op {
        case .equal: [.notEqual, .notDistinct, .greaterOrEqual]
        case .notEqual: [.equal, .distinct]
        case .less: [.lessOrEqual, .greater]
        case .lessOrEqual: [.less, .equal]
        case .greater: [.greaterOrEqual, .less]
        case .greaterOrEqual: [.greater, .equal]
        case .distinct: [.notEqual, .notDistinct]
        case .notDistinct: [.equal, .distinct]
        }
    }

    private static func uncollated(_ value: Expr) -> Expr {
        var result = value
        result.encoding = .text
        return Expr(.arithmetic("||", result, .text("")), PostgresType(.text), .text, isNullable: value.isNullable)
    }

    private mutating func offerCall(_ name: String, _ parts: [Expr], _ value: inout Expr) {
        if name == "pg_raise" { return }
        for other in Self.siblings(of: name, parts.count) { offer(&value, "\(name) as \(other)") { $0.operation = .call(other, parts) } }
        if let first = parts.first, first.encoding == value.encoding { offer(&value, "\(name) skipped") { $0.operation = first.operation } }
    }

    private mutating func offerAggregate(_ aggregate: Aggregate, _ value: inout Expr) {
        func change(_ name: String, _ body: (inout Aggregate) -> Void) {
            offer(&value, name) {
                var changed = aggregate
                body(&changed)
                $0.operation = .aggregate(changed)
            }
        }
        if aggregate.isDistinct { change("\(aggregate.function) without DISTINCT") { $0.isDistinct = false } }
        if !aggregate.isDistinct, aggregate.arguments.count == 1, !["min", "max"].contains(aggregate.function) { change("\(aggregate.function) with DISTINCT") { $0.isDistinct = true } }
        if aggregate.filter != nil { change("\(aggregate.function) without FILTER") { $0.filter = nil } }
        for other in Self.siblings(of: aggregate.function, aggregate.arguments.count) {
            offer(&value, "\(aggregate.function) as \(other)") {
                $0.operation = .aggregate(Aggregate(function: other, arguments: aggregate.arguments, isDistinct: aggregate.isDistinct, filter: aggregate.filter))
            }
        }
        if aggregate.function == "count", !aggregate.arguments.isEmpty, !aggregate.isDistinct { change("count(x) as count(*)") { $0.arguments = [] } }
    }

    private mutating func offerWindow(_ window: WindowCall, _ value: inout Expr) {
        func change(_ name: String, _ body: (inout WindowCall) -> Void) {
            offer(&value, name) {
                var changed = window
                body(&changed)
                $0.operation = .window(changed)
            }
        }
        for index in window.partition.indices where window.partition.count(where: { $0 == window.partition[index] }) == 1 { change("PARTITION BY without a key") { $0.partition.remove(at: index) } }
        for index in window.order.indices {
            change("window ORDER BY the other way round") { $0.order[index].isDescending.toggle() }
            change("window ORDER BY with nulls at the other end") { $0.order[index].nullsFirst.toggle() }
            change("window ORDER BY without a key") { $0.order.remove(at: index) }
        }
        if window.filter != nil { change("window without FILTER") { $0.filter = nil } }
        if let frame = window.frame {
            change("window frame dropped") { $0.frame = nil }
            for (name, start, end) in Self.frames(around: frame) {
                change(name) { $0.frame = WindowCall.Frame(mode: frame.mode, start: start, end: end, exclusion: frame.exclusion) }
            }
        } else if !window.order.isEmpty, !["row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead"].contains(window.function) {
            change("window frame of rows") { $0.frame = WindowCall.Frame(mode: .rows, start: .unboundedPreceding, end: .currentRow, exclusion: nil) }
        }
        for other in Self.siblings(of: window.function, window.arguments.count) {
            offer(&value, "\(window.function) as \(other)") {
                $0.operation = .window(
                    WindowCall(
                        function: other, arguments: window.arguments, filter: window.filter, partition: window.partition, order: window.order,
                        frame: window.frame, isWritten: window.isWritten, greatestUsed: window.greatestUsed))
            }
        }
    }

    private static func frames(around frame: WindowCall.Frame) -> [(String, WindowCall.Frame.Bound, WindowCall.Frame.Bound)] {
        var found: [(String, WindowCall.Frame.Bound, WindowCall.Frame.Bound)] = []
        if case .preceding(let count) = frame.start {
            found.append(("window frame one wider", .preceding(count + 1), frame.end))
            if count > 0 { found.append(("window frame one narrower", .preceding(count - 1), frame.end)) }
        }
        if case .currentRow = frame.end { found.append(("window frame to the end", frame.start, .unboundedFollowing)) }
        if case .unboundedFollowing = frame.end { found.append(("window frame to the current row", frame.start, .currentRow)) }
        return found
    }

    /// Functions that are taken for each other: the same number of arguments, and results of the same kind.
    static func siblings(of name: String, _ count: Int) -> [String] {
        let builtIn: [[String]] = [["min", "max"], ["rank", "dense_rank", "row_number"], ["lag", "lead"], ["first_value", "last_value"], ["percent_rank", "cume_dist"]]
        if let family = builtIn.first(where: { $0.contains(name) }) { return family.filter { $0 != name } }
        var found: [String] = []
        for (one, other) in words where name.contains(one) {
            let candidate = name.replacing(one, with: other)
            guard let functions = SQLiteFunctions.byName[candidate], functions.contains(where: { $0.argumentCount == count || $0.argumentCount < 0 }) else { continue }
            if candidate != name, !found.contains(candidate) { found.append(candidate) }
        }
        return found
    }

    private static let words: [(String, String)] = [
        ("round", "trunc"), ("round", "floor"), ("trunc", "round"), ("floor", "ceil"), ("ceil", "floor"), ("_add", "_sub"), ("_sub_", "_add_"), ("_sub", "_add"), ("_mul", "_add"),
        ("_div", "_mul"), ("_mod", "_div"), ("_samp", "_pop"), ("_pop", "_samp"), ("upper", "lower"), ("lower", "upper"), ("ltrim", "rtrim"), ("rtrim", "ltrim"),
        ("btrim", "ltrim"), ("left", "right"), ("right", "left"), ("lpad", "rpad"), ("rpad", "lpad"), ("pg_like", "pg_ilike"), ("pg_ilike", "pg_like"), ("least", "greatest"),
        ("greatest", "least"), ("_sum_", "_avg_"), ("_avg_", "_sum_"), ("slope", "intercept"), ("covar", "corr"), ("length", "octet_length"), ("percentile_cont", "percentile_disc"),
        ("bit_and", "bit_or"), ("field_text", "field"), ("element_text", "element"), ("initcap", "upper"), ("_concat", "_append"), ("timestamptz", "timestamp"), ("sqrt", "cbrt"),
        ("ln", "log10"), ("log10", "ln"), ("array_length", "array_upper"), ("jsonb_exists_any", "jsonb_exists_all"), ("jsonb_exists_all", "jsonb_exists_any"),
    ]
}
