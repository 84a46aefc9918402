public import FeatureModel

/// What a binding is of: a query, or a query with an ETL, in a project.
public struct BindingKey: Hashable, Sendable {
    public let project: ObjectName
    public let query: QueryID
    /// Set where a SQL ETL is part of the statement.
    public let etl: ETLID?

    public init(project: ObjectName, query: QueryID, etl: ETLID?) {
        self.project = project
        self.query = query
        self.etl = etl
    }
}

extension Binding {
    public var key: BindingKey { BindingKey(project: project, query: queryID, etl: etlID) }
}
