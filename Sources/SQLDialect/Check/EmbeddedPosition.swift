internal import FeatureModel

extension String {
    /// A place in a statement that holds this text behind some lines, in this text; nil if it is outside of it.
    func place(of outer: SourcePosition, behind before: String) -> SourcePosition? {
        let lines = before.unicodeScalars.count { $0 == "\n" }, characters = before.unicodeScalars.count
        let own = SourcePosition(line: outer.line - lines, column: outer.column, character: outer.character - characters)
        return own.line > 0 && own.character > 0 && own.character <= unicodeScalars.count + 1 ? own : nil
    }
}
