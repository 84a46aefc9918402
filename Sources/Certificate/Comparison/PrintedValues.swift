internal import FeatureModel
internal import PostgresTypes
internal import SQLDialect

/// Compares rows in which equal values may be printed differently: 1.0 and 1.00, 1 day and 24:00:00.
struct PrintedValues: Sendable {
    private let numerics: Set<Substring>
    private let intervals: Set<Substring>

    init(_ columns: [RealtimeStatement.OutputCell]) {
        func names(of kind: PostgresType.Kind) -> Set<Substring> {
            Set(columns.filter { !$0.type.isArray && $0.type.kind == kind }.map { RowMembers.name($0.name) })
        }
        numerics = names(of: .numeric)
        intervals = names(of: .interval)
    }

    /// Whether the rows are the same as a multiset, by value.
    func match(_ expected: [String], _ found: [String]) -> Bool {
        guard expected.count == found.count, !numerics.isEmpty || !intervals.isEmpty else { return false }
        let (a, b) = (expected.compactMap(normalised), found.compactMap(normalised))
        return a.count == expected.count && b.count == found.count && a.sorted() == b.sorted()
    }

    private func normalised(_ row: String) -> String? {
        RowMembers.split(row)?.map { name, value in
            if numerics.contains(name) { return "\(name):\(Self.trimmed(String(value)))" }
            if intervals.contains(name), value.first == "\"" { return "\(name):\(Self.length(String(value.dropFirst().dropLast())))" }
            return "\(name):\(value)"
        }.joined(separator: ",")
    }

    private static func trimmed(_ digits: String) -> String {
        guard digits.contains("."), !digits.contains("e"), !digits.contains("E") else { return digits }
        var text = digits[...]
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text == "-0" ? "0" : String(text)
    }

    /// Months of 30 days, as PostgreSQL compares.
    private static func length(_ text: String) -> String {
        guard let interval = try? Interval(parsing: text) else { return text }
        let days = Int128(interval.months) * 30 + Int128(interval.days)
        return String(days * 86_400_000_000 + Int128(interval.microseconds))
    }
}
