/// What a construct becomes: a call tree with places for its arguments.
///
/// `$1`… are the arguments in their types' own encodings (a numeric as decimal text), numbers and `'texts'` are constants, `zone` is the
/// session's time zone. `digits(x)` and `real(x)` are exact conversions of integers, `concat(x, y)` joins texts, `not(x)` negates, `bitand` and
/// `bitor` are bitwise, every other name is a registered function. `@name` hands the whole to code that looks at scales or literals
/// (``Special``).
indirect enum Template: Sendable, Hashable {
    case argument(Int)
    case integer(Int64)
    case text(String)
    case zone
    case call(String, [Template])
    case special(Special)

    init(_ source: String) {
        if source.hasPrefix("@") {
            guard let special = Special(rawValue: String(source.dropFirst())) else { preconditionFailure("support table: \(source)") }
            self = .special(special)
            return
        }
        var rest = source[...]
        self = Self.parse(&rest)
        precondition(rest.isEmpty, "support table: \(source)")
    }

    private static func parse(_ rest: inout Substring) -> Template {
        while rest.first == " " { rest.removeFirst() }
        if rest.first == "$" {
            rest.removeFirst()
            let digit = rest.removeFirst()
            guard let number = digit.wholeNumberValue else { preconditionFailure("support table: $\(digit)") }
            return .argument(number)
        }
        if rest.first == "'" {
            rest.removeFirst()
            let text = String(rest.prefix { $0 != "'" })
            rest.removeFirst(text.count + 1)
            return .text(text)
        }
        let word = String(rest.prefix { $0 == "-" || $0 == "_" || $0.isLetter || $0.isNumber })
        rest.removeFirst(word.count)
        if let number = Int64(word) { return .integer(number) }
        guard rest.first == "(" else {
            precondition(word == "zone", "support table: \(word)")
            return .zone
        }
        rest.removeFirst()
        var arguments: [Template] = []
        while true {
            while rest.first == " " || rest.first == "," { rest.removeFirst() }
            if rest.first == ")" { break }
            arguments.append(parse(&rest))
        }
        rest.removeFirst()
        return .call(word, arguments)
    }

    /// The registered functions called, with how many arguments.
    var calls: [(name: String, count: Int)] {
        guard case .call(let name, let arguments) = self else { return [] }
        return (name.hasPrefix("pg_") ? [(name, arguments.count)] : []) + arguments.flatMap(\.calls)
    }
}

/// Constructs whose translation depends on more than types: on scales, literals or the arguments' number.
enum Special: String, Sendable, Hashable, CaseIterable {
    case numericAdd, numericSubtract, numericMultiply, numericNegate, numericAbs, numericRound, numericTrunc, numericCeil, numericFloor
    case integerToNumeric, numericToInt2, numericToInt4, numericToInt8, numericToFloat4, numericToFloat8, numericToText
    case concatAny, like, notLike, ilike, notIlike
    case sumNumeric, avgNumeric, minimum, maximum, count, boolAnd, boolOr
    case stringAgg, arrayAgg, jsonAgg, percentileContFloat, percentileContInterval, percentileDisc, mode
    case variance
    case toText
}
