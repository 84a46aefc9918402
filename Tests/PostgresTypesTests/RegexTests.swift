import PostgresTypes
import Testing

@Suite("regular expressions match what PostgreSQL's match")
struct RegexTests {
    @Test("matches, groups, replacements, splits and errors")
    func expressions() throws {
        try Fixture.compare("regex") { one in
            let subject = one.arguments[0].parsed { RegularExpression.Subject($0) }
            if one.operation == "similar" {
                let pattern = try one.arguments[1].parsed { pattern in try "\\".parsed { try RegularExpression.similar(pattern, escape: $0) } }
                let expression = try pattern.withUnsafeBufferPointer { try RegularExpression($0, RegexOptions()) }
                return expression.matches(subject) ? "true" : "false"
            }
            let expression = try one.arguments[1].parsed { try RegularExpression($0, RegexOptions(ignoresCase: one.operation == "ilike")) }
            switch one.operation {
            case "match": return try expression.match(subject).map { String(decoding: $0.printed, as: UTF8.self) }
            case "like", "ilike": return expression.matches(subject) ? "true" : "false"
            case "replaceg":
                return try written { out in try #"<\1|\&>"#.parsed { try expression.replace(in: subject, with: $0, isGlobal: true, to: &out) } }
            case "replace":
                return try written { out in try #"<\2\\>"#.parsed { try expression.replace(in: subject, with: $0, isGlobal: false, to: &out) } }
            case "split": return String(decoding: try expression.split(subject).printed, as: UTF8.self)
            case "count": return String(try expression.allMatches(in: subject, from: 0, wantsGroups: false).count)
            case "substring":
                guard let match = try expression.firstMatch(in: subject, from: 0, wantsGroups: true) else { return nil }
                guard let range = match[expression.groupCount > 0 ? 1 : 0] else { return nil }
                return written { subject.write(range, to: &$0) }
            default: return "unknown operation"
            }
        }
    }
}
