internal import EmbeddedSQL
internal import FeatureModel
internal import PostgresTypes

extension PostgresFunctions {
    static func registerRegularExpressions(_ registry: FunctionRegistry) throws {
        try registry.text("pg_similar_pattern", 2) { a, out throws(PostgresError) in
            out += try RegularExpression.similar(a[0].utf8, escape: a[1].utf8)
        }
        try registry.strict("pg_regex_match", 3) { a, result throws(PostgresError) in
            let expression = try result.keep(forArgument: 1) { () throws(PostgresError) in
                try RegularExpression(a[1].utf8, RegexOptions(ignoresCase: a[2].int64 != 0))
            }
            result.set(expression.matches(.init(a[0].utf8)))
        }
        try registry.strict("pg_regexp_like", 3) { a, result throws(PostgresError) in
            result.set(try result.expression(a, flags: 2, refusingGlobalFor: "regexp_like").matches(.init(a[0].utf8)))
        }
        try registry.strict("pg_regexp_replace", 4) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let options = try RegexOptions(flags: a[3].utf8)
            let expression = try result.expression(a, flags: 3)
            try buffer.write(to: result) { out throws(PostgresError) in
                try expression.replace(in: .init(a[0].utf8), with: a[2].utf8, isGlobal: options.isGlobal, to: &out)
            }
        }
        try registry.strict("pg_regexp_count", 4) { a, result throws(PostgresError) in
            let expression = try result.expression(a, flags: 3, refusingGlobalFor: "regexp_count")
            let start = try positive(a[2].int64, "start")
            result.set(Int64(try expression.allMatches(in: .init(a[0].utf8), from: start - 1, wantsGroups: false).count))
        }
        try registry.strict("pg_regexp_substr", 5) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let start = try positive(a[2].int64, "start")
            let number = try positive(a[3].int64, "n")
            let expression = try result.expression(a, flags: 4, refusingGlobalFor: "regexp_substr")
            let subject = RegularExpression.Subject(a[0].utf8)
            let matches = try expression.allMatches(in: subject, from: start - 1, wantsGroups: false, upTo: number)
            guard matches.count == number, let range = matches[number - 1][0] else { return result.null() }
            try buffer.write(to: result) { subject.write(range, to: &$0) }
        }
        try registry.strict("pg_regexp_instr", 6) { a, result throws(PostgresError) in
            let start = try positive(a[2].int64, "start")
            let number = try positive(a[3].int64, "n")
            let end = a[4].int64
            guard end == 0 || end == 1 else { throw PostgresError("22023", "invalid value for parameter \"endoption\": \(end)") }
            let expression = try result.expression(a, flags: 5, refusingGlobalFor: "regexp_instr")
            let matches = try expression.allMatches(in: .init(a[0].utf8), from: start - 1, wantsGroups: false, upTo: number)
            guard matches.count == number, let range = matches[number - 1][0] else { return result.set(Int64(0)) }
            result.set(Int64(end == 0 ? range.lowerBound : range.upperBound) + 1)
        }
        try registry.strict("pg_substring_regex", 2) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let expression = try result.keep(forArgument: 1) { () throws(PostgresError) in try RegularExpression(a[1].utf8, RegexOptions()) }
            let subject = RegularExpression.Subject(a[0].utf8)
            guard let match = try expression.firstMatch(in: subject, from: 0, wantsGroups: true),
                let range = match[expression.groupCount > 0 ? 1 : 0]
            else { return result.null() }
            try buffer.write(to: result) { subject.write(range, to: &$0) }
        }
        try registry.strict("pg_regexp_match", 3) { a, result throws(PostgresError) in
            let expression = try result.expression(a, flags: 2, refusingGlobalFor: "regexp_match")
            guard let groups = try expression.match(.init(a[0].utf8)) else { return result.null() }
            result.set(utf8: groups.printed)
        }
        try registry.strict("pg_rows_regexp_matches", 3) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let expression = try result.expression(a, flags: 2)
            let matches = try expression.matches(.init(a[0].utf8), isGlobal: try RegexOptions(flags: a[2].utf8).isGlobal)
            try buffer.write(to: result) { out throws(PostgresError) in
                RowText.write(matches, to: &out) { match, out in match.printed.withUnsafeBufferPointer { JSONText.write($0, to: &out) } }
            }
        }
        try registry.strict("pg_regexp_split_to_array", 3) { a, result throws(PostgresError) in
            let expression = try result.expression(a, flags: 2, refusingGlobalFor: "regexp_split_to_array")
            result.set(utf8: try expression.split(.init(a[0].utf8)).printed)
        }
    }

    private static func positive(_ value: Int64, _ name: String) throws(PostgresError) -> Int {
        guard value > 0 else { throw PostgresError("22023", "invalid value for parameter \"\(name)\": \(value)") }
        return Int(clamping: value)
    }
}

extension FunctionResult {
    /// The expression in argument 1 under the flags in another; compiled once where the pattern is constant.
    fileprivate func expression(
        _ a: Arguments, flags index: Int, refusingGlobalFor name: String? = nil
    ) throws(PostgresError) -> RegularExpression {
        let kept = try keep(forArgument: 1) { () throws(PostgresError) in
            let options = try RegexOptions(flags: a[index].utf8)
            if options.isGlobal, let name { throw PostgresError("22023", "\(name)() does not support the \"global\" option") }
            return KeptExpression(flags: Array(a[index].utf8), expression: try RegularExpression(a[1].utf8, options))
        }
        // The pattern may be constant and the flags not.
        if kept.flags.elementsEqual(a[index].utf8) { return kept.expression }
        let options = try RegexOptions(flags: a[index].utf8)
        if options.isGlobal, let name { throw PostgresError("22023", "\(name)() does not support the \"global\" option") }
        return try RegularExpression(a[1].utf8, options)
    }
}

private final class KeptExpression {
    let flags: [UInt8]
    let expression: RegularExpression

    init(flags: [UInt8], expression: RegularExpression) {
        self.flags = flags
        self.expression = expression
    }
}
