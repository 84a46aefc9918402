public import FeatureModel

/// What the two realtime calls have in common: a saved query, and an entity or several.
public struct RealtimeRequest: Sendable {
    public var query: QuerySource
    /// For `extract/realtime` by `query_id`; by name it may be part of what the name means.
    public var etl: ETLSource?
    public var indexKey: [String]
    public var entities: Entities
    public var project: ObjectName
    public var principal: Principal
    /// What the query reads from the call: an object for all entities, or a list with one for each.
    public var request: JSONValue?
    /// The output columns wanted, in this order; nil for all.
    public var columns: [String]?
    /// Say where the answer comes from.
    public var wantsMeta: Bool
    /// Answer with warnings where the schema differs, instead of refusing.
    public var warnOnSkew: Bool

    public init(
        query: QuerySource, etl: ETLSource?, indexKey: [String], entities: Entities, request: JSONValue? = nil, columns: [String]? = nil, wantsMeta: Bool = false, project: ObjectName,
        principal: Principal, warnOnSkew: Bool
    ) {
        self.query = query
        self.etl = etl
        self.indexKey = indexKey
        self.entities = entities
        self.request = request
        self.columns = columns
        self.wantsMeta = wantsMeta
        self.project = project
        self.principal = principal
        self.warnOnSkew = warnOnSkew
    }
}
