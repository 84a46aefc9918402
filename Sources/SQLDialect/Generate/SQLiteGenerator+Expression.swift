internal import FeatureModel

extension SQLiteGenerator {
    mutating func expression(_ value: Expr) {
        switch value.operation {
        case .column(let id): column(id)
        case .output(let index): write("c\(index + 1)")
        case .literal(let literal): self.literal(literal)
        case .parameter(let number): parameter(number)
        case .call(let function, let arguments): call(function, arguments)
        case .compare(let op, let left, let right): infix(op.rawValue, left, right, collated: true)
        case .arithmetic(let op, let left, let right): infix(op, left, right)
        case .and(let parts): chain("AND", parts)
        case .or(let parts): chain("OR", parts)
        case .not(let part): wrapped("NOT ", part, "")
        case .isNull(let part): wrapped("", part, " IS NULL")
        case .isNotNull(let part): wrapped("", part, " IS NOT NULL")
        case .isBoolean(let part, let flag, let negated): wrapped("", part, " IS\(negated ? " NOT" : "") \(flag ? "TRUE" : "FALSE")")
        case .choose(let branches, let otherwise): choose(branches, otherwise)
        case .coalesce(let parts): parts.count == 1 ? expression(parts[0]) : call("coalesce", parts)
        case .nullIf(let a, let b): call("nullif", [a, b])
        case .inList(let part, let items, let negated):
            write("(")
            expression(part)
            collation(of: part)
            write(negated ? " NOT IN (" : " IN (")
            list(items) { $0.expression($1) }
            write("))")
        case .toReal(let part): wrapped("CAST", part, " AS REAL", inner: true)
        case .toDigits(let part): wrapped("CAST", part, " AS TEXT", inner: true)
        case .exists(let query):
            write("EXISTS (")
            self.query(query)
            write(")")
        case .scalarSubquery(let query, let provenSingle):
            write(provenSingle ? "(" : "(SELECT pg_single(c1) FROM (")
            self.query(query)
            write(provenSingle ? ")" : "))")
        case .inSubquery(let values, let query, let negated):
            write("(")
            if values.count > 1 { write("(") }
            list(values) { generator, value in
                // A sum of one term is no column that an index could find.
                if values.count > 1, generator.addsRowsOnTheLeft { generator.write("+") }
                generator.expression(value)
                generator.collation(of: value)
            }
            if values.count > 1 { write(")") }
            write(negated ? " NOT IN (" : " IN (")
            self.query(query)
            write("))")
        case .aggregate(let aggregate): self.aggregate(aggregate)
        case .window(let window): self.window(window)
        case .poison: preconditionFailure("an obstacle was passed over")
        }
    }

    private mutating func wrapped(_ before: String, _ part: Expr, _ after: String, inner: Bool = false) {
        write(inner ? before + "(" : "(" + before)
        expression(part)
        write(after + ")")
    }

    private mutating func infix(_ op: String, _ left: Expr, _ right: Expr, collated: Bool = false) {
        write("(")
        expression(left)
        // An explicit collation on the left decides the comparison.
        if collated { collation(of: left) }
        write(" \(op) ")
        expression(right)
        write(")")
    }

    private mutating func chain(_ op: String, _ parts: [Expr]) {
        write("(")
        list(parts, " \(op) ") { $0.expression($1) }
        write(")")
    }

    private mutating func call(_ function: String, _ arguments: [Expr]) {
        noteArguments(arguments.count)
        write("\(function)(")
        list(arguments) { $0.expression($1) }
        write(")")
    }

    private mutating func choose(_ branches: [Branch], _ otherwise: Expr?) {
        write("CASE")
        for branch in branches {
            write(" WHEN ")
            expression(branch.condition)
            write(" THEN ")
            expression(branch.value)
        }
        if let otherwise, !otherwise.isNullLiteral {
            write(" ELSE ")
            expression(otherwise)
        }
        write(" END")
    }

    // MARK: Aggregates and windows

    private mutating func aggregate(_ aggregate: Aggregate) {
        write("\(aggregate.function)(")
        arguments(aggregate.arguments, aggregate.function, aggregate.isDistinct)
        write(")")
        filter(aggregate.filter)
    }

    private mutating func arguments(_ arguments: [Expr], _ function: String, _ isDistinct: Bool) {
        if arguments.isEmpty, function == "count" { write("*") }
        if isDistinct { write("DISTINCT ") }
        list(arguments) { generator, argument in
            generator.expression(argument)
            if isDistinct || function == "min" || function == "max" { generator.collation(of: argument) }
        }
    }

    private mutating func filter(_ filter: Expr?) {
        guard let filter else { return }
        write(" FILTER (WHERE ")
        expression(filter)
        write(")")
    }

    private mutating func window(_ window: WindowCall) {
        write("\(window.function)(")
        if let condition = window.filter, ["min", "max"].contains(window.function), let argument = window.arguments.first {
            // SQLite forgets the FILTER of min and max once a frame's start moves; both pass over nulls.
            write("CASE WHEN ")
            expression(condition)
            write(" THEN ")
            expression(argument)
            write(" END")
            collation(of: argument)
            write(")")
        } else {
            arguments(window.arguments, window.function, false)
            write(")")
            filter(window.filter)
        }
        write(" OVER (")
        var parts = 0
        if !window.partition.isEmpty {
            write("PARTITION BY ")
            list(window.partition) { $0.sortable($1) }
            parts += 1
        }
        if !window.order.isEmpty {
            write(parts > 0 ? " ORDER BY " : "ORDER BY ")
            sortKeys(window.order)
            parts += 1
        }
        if let frame = window.frame {
            write(parts > 0 ? " " : "")
            write("\(frame.mode.rawValue) BETWEEN \(Self.text(frame.start)) AND \(Self.text(frame.end))")
            if let exclusion = frame.exclusion { write(" EXCLUDE \(exclusion.rawValue)") }
        }
        write(")")
    }

    private static func text(_ bound: WindowCall.Frame.Bound) -> String {
        switch bound {
        case .unboundedPreceding: "UNBOUNDED PRECEDING"
        case .preceding(let distance): "\(distance) PRECEDING"
        case .currentRow: "CURRENT ROW"
        case .following(let distance): "\(distance) FOLLOWING"
        case .unboundedFollowing: "UNBOUNDED FOLLOWING"
        }
    }

    // MARK: Literals

    mutating func literal(_ literal: Literal) {
        switch literal {
        case .null: write("NULL")
        // SQLite reads the digits of the least integer as a real number before it negates them.
        case .integer(Int64.min): write("(-9223372036854775807 - 1)")
        case .integer(let value): write(value < 0 ? "(\(value))" : "\(value)")
        case .real(let value): write(Self.real(value))
        case .text(let text): write(token: "'" + text.replacing("'", with: "''") + "'")
        case .blob(let bytes): write(token: "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'")
        }
    }

    /// SQLite's reading of decimal fractions is not always the nearest double, so only values that it reads exactly are written in digits.
    private static func real(_ value: Double) -> String {
        if value.isInfinite { return value < 0 ? "(-9e999)" : "9e999" }
        let isExact = value.magnitude < 1e9 && (value * 1024).rounded() == value * 1024 && !(value == 0 && value.sign == .minus)
        if isExact { return value < 0 ? "(\(value))" : "\(value)" }
        return "pg_float_bits(\(Int64(bitPattern: value.bitPattern)))".replacing("(-9223372036854775808)", with: "(-9223372036854775807 - 1)")
    }
}
