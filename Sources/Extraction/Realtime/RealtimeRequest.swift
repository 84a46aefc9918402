public import FeatureModel

/// What the two realtime calls have in common: a saved query, and an entity.
public struct RealtimeRequest: Sendable {
    public var query: QuerySource
    /// For `extract/realtime` by `query_id`; by name it may be part of what the name means.
    public var etl: ETLSource?
    public var indexKey: [String]
    public var indexValue: [JSONValue]
    public var project: ObjectName
    public var principal: Principal
    /// Answer with warnings where the schema differs, instead of refusing.
    public var warnOnSkew: Bool

    public init(
        query: QuerySource, etl: ETLSource?, indexKey: [String], indexValue: [JSONValue], project: ObjectName, principal: Principal, warnOnSkew: Bool
    ) {
        self.query = query
        self.etl = etl
        self.indexKey = indexKey
        self.indexValue = indexValue
        self.project = project
        self.principal = principal
        self.warnOnSkew = warnOnSkew
    }

    func keyValues() throws -> [Value] {
        guard indexKey.count == indexValue.count else {
            throw ExtractionError(
                .badKeyValue, "index_key names \(indexKey.count) columns and index_value has \(indexValue.count) values", hint: "give one value for each column")
        }
        return try zip(indexKey, indexValue).map { column, value in
            switch value {
            case .string(let text): return .text(text)
            case .bool(let flag): return .bool(flag)
            // Digits as written: the store reads them as the column's type, so that 10.50 stays 10.50.
            case .number(let digits): return Int64(digits).map(Value.int) ?? .text(digits)
            case .null, .array, .object:
                throw ExtractionError(.badKeyValue, "the value for '\(column)' is neither a string, a number nor a boolean")
            }
        }
    }
}
