internal import FeatureModel

extension Binder {
    /// Holds the types found here against those that PostgreSQL described: a difference would be a defect in the support table.
    func checkOutput(_ query: Query) {
        guard obstacles.isEmpty else { return }
        guard query.columns.count == input.output.count else {
            refuse("output of \(query.columns.count) columns", "PostgreSQL describes \(input.output.count); this is a defect of the service")
            return
        }
        let texts: Set<PostgresType.Kind> = [.text, .varchar]
        for (column, output) in zip(query.columns, input.output) {
            let same = column.type.kind == output.type.kind || texts.isSuperset(of: [column.type.kind, output.type.kind])
            if !same || column.type.isArray != output.type.isArray {
                refuse(
                    "output column \(output.name)",
                    "its type was found to be \(column.type), PostgreSQL says \(output.type); this is a defect of the service")
            }
            if Encoding.ofColumn(output.type) == nil { unsupported("type \(output.type)") }
        }
    }
}
