/// A place in a text as it was sent: 1-based line, column and character. Columns and characters count Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Codable {
    public let line: Int
    public let column: Int
    public let character: Int

    public init(line: Int, column: Int, character: Int) {
        self.line = line
        self.column = column
        self.character = character
    }

    /// The position of the scalar that holds byte `utf8Offset` of `text`; an offset past the end is the end.
    public init(utf8Offset: Int, in text: String) {
        var line = 1, column = 1, character = 1, offset = 0
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            if offset + width > utf8Offset { break }
            offset += width
            character += 1
            if scalar == "\n" { line += 1; column = 1 } else { column += 1 }
        }
        self.init(line: line, column: column, character: character)
    }
}
