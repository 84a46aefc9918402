public import FeatureModel

/// One construct of PostgreSQL that the realtime store can answer: its name, the types it takes, and what it becomes.
///
/// Written as a line of ``SupportTable``: `name(types) result = template`, after which `!` says that it never gives null and `?` that it
/// may give null for arguments that are not; without either it is null exactly when an argument is.
public struct SupportEntry: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable { case `operator`, function, cast, aggregate, windowFunction }
    public enum Nulls: Sendable, Hashable { case strict, never, possible }

    public let kind: Kind
    public let name: String
    public let arguments: [PostgresType]
    public let result: PostgresType
    /// As written in the table.
    public let template: String
    public let nulls: Nulls
    let lowering: Template

    /// - Parameter line: one line of the table; a defect in it is a defect of ours and stops the process in the tests.
    init(_ line: Substring, kind: Kind) {
        guard let open = line.firstIndex(of: "("), let equals = line.range(of: " = "), let close = line[..<equals.lowerBound].lastIndex(of: ")")
        else {
            preconditionFailure("support table: \(line)")
        }
        self.kind = kind
        name = line[..<open].trimmed
        arguments = line[line.index(after: open)..<close].split(separator: ",").map { Self.type($0.trimmed) }
        result = Self.type(line[line.index(after: close)..<equals.lowerBound].trimmed)
        var text = line[equals.upperBound...].trimmed
        nulls = text.hasSuffix(" !") ? .never : text.hasSuffix(" ?") ? .possible : .strict
        if nulls != .strict { text = text.dropLast(2).trimmed }
        template = text
        lowering = Template(text)
    }

    static func type(_ name: String) -> PostgresType {
        let isArray = name.hasSuffix("[]")
        guard let kind = PostgresType.Kind(rawValue: isArray ? String(name.dropLast(2)) : name) else {
            preconditionFailure("support table: type \(name)")
        }
        return PostgresType(kind, isArray: isArray)
    }
}

extension StringProtocol {
    /// Without blanks at either end.
    var trimmed: String {
        var part = self[...]
        while part.first == " " { part = part.dropFirst() }
        while part.last == " " { part = part.dropLast() }
        return String(part)
    }
}

extension StringProtocol {
    func range(of needle: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(needle) { return at..<index(at, offsetBy: needle.count) }
            at = index(after: at)
        }
        return nil
    }
}
