import Certificate
import Foundation

/// One way to write an expression: text with holes.
///
/// | hole | is filled with |
/// |---|---|
/// | `{numeric}` | an expression of the type |
/// | `{=numeric}` | a column or a constant of it |
/// | `{any}`, `{=any}` | the same of any common type |
/// | `{regex}` | a constant of the pool (``FormPools``) |
/// | `{1...5}` | a whole number, in parentheses if negative |
/// | `{lower\|upper}` | one of the words |
/// | `{$1}` | what the first hole was filled with |
struct Form: Sendable {
    enum Part: Sendable {
        case text(String)
        case expression(FuzzType), leaf(FuzzType), anyExpression, anyLeaf
        case pool([String])
        case number(ClosedRange<Int>)
        case again(Int)
    }

    let type: FuzzType
    let weight: Int
    let parts: [Part]
    /// It holds a sub-query.
    let asks: Bool

    /// - Parameter line: `TYPE [WEIGHT]: TEXT`.
    init(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { preconditionFailure("form: \(line)") }
        let head = line[..<colon].split(separator: " ")
        guard let type = FuzzType(rawValue: String(head[0])) else { preconditionFailure("form: type \(line)") }
        self.type = type
        weight = head.count > 1 ? Int(head[1]) ?? 1 : 1
        let text = line[line.index(colon, offsetBy: 2)...]
        asks = text.contains("(SELECT ")
        var parts: [Part] = []
        for piece in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard piece.offset > 0, let close = piece.element.firstIndex(of: "}") else {
                if !piece.element.isEmpty { parts.append(.text(String(piece.element))) }
                continue
            }
            parts.append(Self.hole(String(piece.element[..<close])))
            let rest = piece.element[piece.element.index(after: close)...]
            if !rest.isEmpty { parts.append(.text(String(rest))) }
        }
        self.parts = parts
    }

    private static func hole(_ name: String) -> Part {
        if name == "any" { return .anyExpression }
        if name == "=any" { return .anyLeaf }
        if let type = FuzzType(rawValue: name) { return .expression(type) }
        if name.hasPrefix("="), let type = FuzzType(rawValue: String(name.dropFirst())) { return .leaf(type) }
        if name.hasPrefix("$"), let number = Int(name.dropFirst()) { return .again(number) }
        if let pool = FormPools.pools[name] { return .pool(pool) }
        if let dots = name.range(of: "..."), let first = Int(name[..<dots.lowerBound]), let last = Int(name[dots.upperBound...]) {
            return .number(first...last)
        }
        guard name.contains("|") else { preconditionFailure("form: hole \(name)") }
        return .pool(name.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
    }
}

/// Forms by the type they give.
struct Forms: Sendable {
    private let forms: [FuzzType: [Form]]

    init(_ lines: String...) {
        forms = Dictionary(grouping: lines.flatMap { $0.split(separator: "\n") }.map { Form($0) }, by: \.type)
    }

    var types: Set<FuzzType> { Set(forms.keys) }

    /// One of those that give the type; nil if there is none.
    func pick(_ type: FuzzType, asking: Bool, _ random: inout Randomness) -> Form? {
        let fitting = (forms[type] ?? []).filter { asking || !$0.asks }
        return fitting.isEmpty ? nil : random.weighted(fitting.map { ($0.weight, $0) })
    }

    static let scalars = Forms(textLines, numberLines, timeLines, documentLines, arrayLines, conditionLines)
    static let aggregates = Forms(aggregateLines)
}
