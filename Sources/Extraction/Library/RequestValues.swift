import FeatureModel
import Realtime
import SQLDialect

/// The values that a call sends for `request`, as rows of the columns that the query declares, one row after the other.
///
/// Every declared column must be sent, null where there is no value, and no other: what is forgotten or misspelt is never taken for null.
struct RequestValues: Sendable {
    let columns: [RequestColumn]
    let values: [Value]

    /// One object, or a list of them.
    init(_ given: JSONValue, for relation: RequestRelation) throws {
        columns = relation.columns
        switch given {
        case .object: values = try Self.row(given, relation.columns, at: nil)
        case .array(let rows): values = try rows.enumerated().flatMap { try Self.row($1, relation.columns, at: $0) }
        default: throw ExtractionError(.badRequestValue, "'request' is no object", hint: Self.hint(relation))
        }
    }

    var count: Int { values.count / columns.count }

    /// For PostgreSQL's `json_to_recordset`.
    var json: String {
        let rows = stride(from: 0, to: values.count, by: columns.count).map { start in
            JSONValue.object(zip(columns, values[start...]).map { .init($0.name, Self.json($1)) })
        }
        return JSONValue.array(rows).description
    }

    /// What is to be sent, for people.
    static func hint(_ relation: RequestRelation) -> String {
        let listed = relation.columns.map { "\"\($0.name)\": \($0.type)" }.joined(separator: ", ")
        return "send \"request\": {\(listed)}, null where there is no value"
    }

    /// What to do with values that a query without `request` is given, or a query with one is not.
    static func checked(_ given: JSONValue?, for relation: RequestRelation?) throws -> RequestValues? {
        switch (given, relation) {
        case (nil, nil): return nil
        case (.some, nil): throw ExtractionError(.badRequestValue, "this query reads no request values", hint: "leave out 'request'")
        case (nil, .some(let relation)):
            throw ExtractionError(.badRequestValue, "this query reads request values, and none are sent", hint: hint(relation))
        case (.some(let given), .some(let relation)): return try RequestValues(given, for: relation)
        }
    }

    private static func row(_ given: JSONValue, _ columns: [RequestColumn], at place: Int?) throws -> [Value] {
        let name = place.map { "request[\($0)]" } ?? "request"
        func refusal(_ message: String, _ hint: String?) -> ExtractionError {
            ExtractionError(.badRequestValue, message, hint: hint, details: place.map { ["index": .init($0)] })
        }
        guard let members = given.object else { throw refusal("\(name) is no object", nil) }
        let names = columns.map(\.name)
        if let unknown = members.first(where: { !names.contains($0.key) }) {
            let near = EditDistance.nearest(to: unknown.key, among: names).map { "did you mean '\($0)'? " } ?? ""
            throw refusal("\(name) holds '\(unknown.key.prefix(80))', which the query does not declare", near + "it declares \(names.joined(separator: ", "))")
        }
        return try columns.map { column in
            guard let value = given[column.name] else { throw refusal("\(name) lacks '\(column.name)'", "send null where there is no value") }
            switch value {
            case .null: return .null
            case .bool(let flag): return .bool(flag)
            case .string(let text): return .text(text)
            case .number(let digits) where column.type.isNumber: return Int64(digits).map(Value.int) ?? .text(digits)
            case .number, .array, .object: throw refusal("\(name): the value for '\(column.name)' is no value of type \(column.type)", nil)
            }
        }
    }

    private static func json(_ value: Value) -> JSONValue {
        switch value {
        case .null, .bytes: .null
        case .bool(let flag): .bool(flag)
        case .int(let number): .number(String(number))
        case .double(let number): .number(String(number))
        case .text(let text): .string(text)
        }
    }
}

extension PostgresType {
    fileprivate var isNumber: Bool { [.int2, .int4, .int8, .numeric, .float4, .float8].contains(kind) && !isArray }
}
