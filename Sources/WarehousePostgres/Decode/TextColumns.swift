import FeatureModel

/// Wraps a statement so that columns whose binary form is not read here arrive as the text that PostgreSQL prints.
enum TextColumns {
    /// What to write before and after the statement; nothing if every column can be read.
    static func selection(of schema: Schema) -> (before: String, after: String) {
        guard schema.fields.contains(where: { ColumnDecoder.needsText($0.type) }) else { return ("", "") }
        let names = schema.fields.indices.map { "c\($0)" }
        let items = zip(names, schema.fields).map { name, field in
            // Not a cast: `inet::text` prints more than inet does. `format` calls the type's output function.
            ColumnDecoder.needsText(field.type)
                ? "CASE WHEN \(name) IS DISTINCT FROM NULL THEN pg_catalog.format('%s', \(name)) END" : name
        }
        return ("SELECT \(items.joined(separator: ", ")) FROM (", ") AS featurestore_row (\(names.joined(separator: ", ")))")
    }
}
