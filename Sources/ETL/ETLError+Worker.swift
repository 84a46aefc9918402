import FeatureModel

extension ETLError {
    /// What a worker told instead of rows: `{"kind", "message", "reason", "hint", "line", "column"}`. Nil if it is not that.
    init?(toldByWorker told: JSONValue, source: String) {
        guard let name = told["kind"]?.string, let kind = Self.toldKinds[name], let message = told["message"]?.string else { return nil }
        let position = told["line"]?.int.map { Self.position(line: $0, column: told["column"]?.int ?? 1, in: source) }
        self.init(kind, message, reason: told["reason"]?.string, hint: told["hint"]?.string, position: position)
    }

    private static let toldKinds: [String: Kind] = [
        "notLoadable": .notLoadable, "raised": .raised, "badOutput": .badOutput, "badInput": .badInput, "memoryLimit": .memoryLimit,
        "outputLimit": .outputLimit,
    ]

    private static func position(line: Int, column: Int, in source: String) -> SourcePosition {
        var character = 1
        var at = 1
        for scalar in source.unicodeScalars {
            if at >= line { break }
            character += 1
            if scalar == "\n" { at += 1 }
        }
        return SourcePosition(line: line, column: max(column, 1), character: character + max(column, 1) - 1)
    }
}
