import FeatureModel

/// One way in which a served schema departs from the saved one.
public struct SchemaDifference: Sendable, Hashable {
    public enum Kind: String, Sendable {
        /// Saved, and not served.
        case missing
        /// Served, and not saved.
        case added
        /// Served with a type whose values the saved type cannot hold.
        case retyped
        /// Served with nulls where there were none.
        case nullability
    }

    public let kind: Kind
    public let column: String
    /// The type as saved, with `not null` where that was proven; nil for an added column.
    public let saved: String?
    public let served: String?

    public init(kind: Kind, column: String, saved: String?, served: String?) {
        self.kind = kind
        self.column = column
        self.saved = saved
        self.served = served
    }
}

extension SchemaDifference: CustomStringConvertible {
    /// A sentence that names the column, e.g. `column 'n' is text, and was saved as bigint`.
    public var description: String {
        switch kind {
        case .missing: "column '\(column)' (\(saved ?? "?")) is missing"
        case .added: "column '\(column)' (\(served ?? "?")) was not saved"
        case .retyped: "column '\(column)' is \(served ?? "?"), and was saved as \(saved ?? "?")"
        case .nullability: "column '\(column)' holds nulls, and had none when it was saved"
        }
    }
}
