internal import FeatureModel

/// Literals of the canonical form, which PostgreSQL printed itself, as the store holds them. What is not in the plain ISO forms
/// (BC, infinity, …) gives nil and is left to the registered input functions.
enum LiteralEncoder {
    static func encode(_ text: String, as type: PostgresType, timeZone: String) -> Expr? {
        if type.isArray { return nil }
        let plain = PostgresType(type.kind)
        func integer(_ value: Int64?, _ encoding: Encoding) -> Expr? {
            value.map { Expr(.literal(.integer($0)), plain, encoding, isNullable: false) }
        }
        switch type.kind {
        case .int2, .int4, .int8: return integer(Int64(text), .integer)
        case .bool: return text == "t" || text == "true" ? .bool(true) : text == "f" || text == "false" ? .bool(false) : nil
        case .numeric:
            let special = ["NaN", "Infinity", "-Infinity"]
            if special.contains(text) { return Numerics.decimal(.literal(.text(text)), isNullable: false) }
            guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }), text.last != ".", text.first != "." else { return nil }
            return Numerics.literal(text)
        case .float8:
            // NaN cannot be held; the input function refuses it.
            guard let value = Double(text), !value.isNaN, !text.contains("x") else { return nil }
            return Expr(.literal(.real(value)), plain, .real, isNullable: false)
        case .float4:
            guard let value = Float(text), !value.isNaN, !text.contains("x") else { return nil }
            return Expr(.literal(.real(Double(value))), plain, .real, isNullable: false)
        case .text, .varchar, .name, .json, .jsonb, .interval, .uuid:
            return Expr(.literal(.text(text)), plain, type.kind == .interval ? .interval : .text, isNullable: false)
        case .bpchar: return Expr(.literal(.text(text)), plain, .padded, isNullable: false)
        case .date:
            var rest = text[...]
            guard let days = days(&rest), rest.isEmpty else { return nil }
            return integer(days, .days)
        case .timestamp, .timestamptz:
            var rest = text[...]
            guard let days = days(&rest), take(" ", &rest), let time = time(&rest) else { return nil }
            var offset: Int64 = 0
            if type.kind == .timestamptz {
                guard let seconds = self.offset(&rest) else { return nil }
                offset = seconds
            }
            return rest.isEmpty ? integer(days * 86_400_000_000 + time - offset * 1_000_000, .microseconds) : nil
        case .time:
            var rest = text[...]
            guard let time = time(&rest), rest.isEmpty else { return nil }
            return integer(time, .microseconds)
        default: return nil
        }
    }

    // MARK: ISO dates and times

    private static func take(_ mark: Character, _ rest: inout Substring) -> Bool {
        guard rest.first == mark else { return false }
        rest.removeFirst()
        return true
    }

    private static func number(_ rest: inout Substring, digits: ClosedRange<Int>) -> Int64? {
        let part = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.contains(part.count), let value = Int64(part) else { return nil }
        rest.removeFirst(part.count)
        return value
    }

    private static func days(_ rest: inout Substring) -> Int64? {
        guard let year = number(&rest, digits: 4...6), take("-", &rest), let month = number(&rest, digits: 2...2), take("-", &rest),
            let day = number(&rest, digits: 2...2), (1...12).contains(month), (1...31).contains(day), year > 0
        else { return nil }
        // Days from the civil calendar, years beginning in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    private static func time(_ rest: inout Substring) -> Int64? {
        guard let hour = number(&rest, digits: 2...2), take(":", &rest), let minute = number(&rest, digits: 2...2), take(":", &rest),
            let second = number(&rest, digits: 2...2)
        else { return nil }
        var micro: Int64 = 0
        if take(".", &rest) {
            let width = rest.prefix { $0.isASCII && $0.isNumber }.count
            guard let fraction = number(&rest, digits: 1...6) else { return nil }
            micro = fraction * Numerics.powersOfTen[6 - width]
        }
        return ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro
    }

    /// `+02`, `-03:30`, in seconds.
    private static func offset(_ rest: inout Substring) -> Int64? {
        let isNegative = rest.first == "-"
        guard take("+", &rest) || take("-", &rest), let hours = number(&rest, digits: 2...2) else { return nil }
        var seconds = hours * 3600
        if take(":", &rest) {
            guard let minutes = number(&rest, digits: 2...2) else { return nil }
            seconds += minutes * 60
            if take(":", &rest) {
                guard let more = number(&rest, digits: 2...2) else { return nil }
                seconds += more
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// An interval of days and time as PostgreSQL prints it, in microseconds; nil if it has months or years, or is not in that form.
    static func microseconds(ofInterval text: String) -> Int64? {
        var total: Int64 = 0
        let words = text.split(separator: " ")
        var index = 0
        while index < words.count {
            if words[index].contains(":") {
                var clock = words[index]
                let isNegative = clock.first == "-"
                if isNegative || clock.first == "+" { clock.removeFirst() }
                let parts = clock.split(separator: ":")
                guard parts.count == 3, let hours = Int64(parts[0]), let minutes = Int64(parts[1]) else { return nil }
                var seconds = parts[2]
                guard let whole = number(&seconds, digits: 1...2) else { return nil }
                var micro: Int64 = 0
                if take(".", &seconds) {
                    let width = seconds.count
                    guard width <= 6, let fraction = Int64(seconds) else { return nil }
                    micro = fraction * Numerics.powersOfTen[6 - width]
                }
                let value = ((hours * 60 + minutes) * 60 + whole) * 1_000_000 + micro
                total += isNegative ? -value : value
                index += 1
            } else {
                guard index + 1 < words.count, words[index + 1].hasPrefix("day"), let count = Int64(words[index]), count.magnitude < 100_000_000
                else { return nil }
                total += count * 86_400_000_000
                index += 2
            }
        }
        return words.isEmpty ? nil : total
    }
}
