import FeatureModel

/// The output columns that a caller wants of an answer.
enum ColumnSelection {
    /// Their places in the schema, in the order asked; nil for all. Throws `unknownColumn` with the name that was probably meant.
    static func places(of columns: [String]?, in schema: Schema) throws -> [Int]? {
        try columns?.map { column in
            guard let place = schema.index(of: column) else { throw unknown(column, schema.names) }
            return place
        }
    }

    /// Those of them that are there: an answer that departs from its baseline and is given with warnings may lack one.
    static func presentPlaces(of columns: [String]?, in schema: Schema) -> [Int]? { columns?.compactMap { schema.index(of: $0) } }

    private static func unknown(_ column: String, _ names: [String]) -> ExtractionError {
        .unknown(.unknownColumn, "columns names '\(column)', which is no output column", column, among: names)
    }
}

extension ExtractionError {
    /// A name that is no output column: says which there are, and the one that was probably meant.
    static func unknown(_ kind: Kind, _ message: String, _ column: String, among names: [String]) -> ExtractionError {
        let listed = "the output columns are \(names.joined(separator: ", "))"
        return ExtractionError(
            kind, message, hint: EditDistance.nearest(to: column, among: names).map { "did you mean '\($0)'? \(listed)" } ?? listed,
            details: ["columns": .array(names.map { .string($0) })])
    }
}
