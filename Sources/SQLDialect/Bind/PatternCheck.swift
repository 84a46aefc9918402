internal import FeatureModel
internal import PostgresTypes

/// Looks at patterns and templates that are constants when the query is saved, so that what the store does not know of them, or PostgreSQL
/// refuses once it evaluates them, is an obstacle and no error of a lookup later.
enum PatternCheck {
    private static let regular: Set = [
        "regexp_replace", "regexp_match", "regexp_count", "regexp_like", "regexp_substr", "regexp_instr", "regexp_split_to_array",
        "regexp_split_to_table", "regexp_matches", "substring", "~", "~*", "!~", "!~*",
    ]

    /// What is wrong with it; nil if nothing is, or the pattern is no constant.
    static func problem(_ name: String, _ arguments: [Expr]) -> String? {
        guard arguments.count > 1, case .text(var pattern)? = arguments[1].literal else { return nil }
        let type = arguments[0].type.kind
        let reads = name == "to_date" || name == "to_timestamp"
        guard regular.contains(name) || name == "to_char" || reads else { return nil }
        let failure = pattern.withUTF8 { bytes -> PostgresError? in
            do throws(PostgresError) {
                if reads { try FormattedInput.check(DatePicture(bytes)) } else if name == "to_char" { try format(bytes, type) } else { _ = try RegularExpression(bytes, RegexOptions()) }
            } catch {
                return error
            }
            return nil
        }
        return failure?.message
    }

    /// By writing a value with it.
    private static func format(_ template: UnsafeBufferPointer<UInt8>, _ type: PostgresType.Kind) throws(PostgresError) {
        var out: [UInt8] = []
        switch type {
        case .timestamp: try DatePicture(template).write(ClockTime(0), offset: nil, to: &out)
        case .timestamptz: try DatePicture(template).write(ClockTime(0), offset: 0, to: &out)
        case .interval: try DatePicture(template).write(Interval.zero, to: &out)
        default: _ = try NumberPicture(template)
        }
    }
}

extension Binder {
    func checkPattern(_ name: String, _ arguments: [Expr]) -> Expr? {
        PatternCheck.problem(name, arguments).map { unsupported("\(name) with this pattern: \($0)") }
    }
}
