public import FeatureModel

extension Schema {
    /// The schema of rows whose nullability nothing proves, such as a Python ETL's: a column may be null if one of these rows is.
    public func observingNulls(in frames: [Frame]) -> Schema {
        Schema(fields.enumerated().map { index, field in
            Field(name: field.name, type: field.type, isNullable: frames.contains { $0.columns[index].nullCount > 0 })
        })
    }
}
