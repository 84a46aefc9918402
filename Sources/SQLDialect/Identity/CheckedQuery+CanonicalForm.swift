extension CheckedQuery {
    /// What the query's id is made from: its parse tree with every position left out, as bytes.
    ///
    /// Equal for two texts that differ in spaces, comments, the case of keywords and unquoted names, redundant parentheses and a
    /// semicolon; different where an output name, a constant, a number's digits or an operation differs.
    public func canonicalForm() -> [UInt8] {
        var writer = CanonicalWriter()
        if let statement = tree.statements.first?["stmt"] { writer.write(statement) }
        return writer.bytes + (request?.canonicalForm ?? [])
    }
}
