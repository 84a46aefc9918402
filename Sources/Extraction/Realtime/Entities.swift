public import FeatureModel
import Realtime

/// Whom a realtime call asks for.
public enum Entities: Sendable {
    /// `index_value`: one entity, a value for each column of the key.
    case one([JSONValue])
    /// `index_values`: several, each as sent.
    case many([JSONValue])

    var count: Int {
        switch self {
        case .one: 1
        case .many(let entities): entities.count
        }
    }

    var isMany: Bool { if case .many = self { true } else { false } }

    /// The values as the lookup takes them.
    ///
    /// - Parameters:
    ///   - key: the columns as the caller names them.
    ///   - columns: the same in the lookup's order.
    ///   - requests: one row for all entities, or one for each.
    func keys(_ key: [String], as columns: [String], requests: [Value]) throws -> KeyBatch {
        let order = key == columns ? nil : columns.compactMap { key.firstIndex(of: $0) }
        switch self {
        case .one(let values):
            guard key.count == values.count else {
                throw ExtractionError(
                    .badKeyValue, "index_key names \(key.count) columns and index_value has \(values.count) values", hint: "give one value for each column")
            }
            let found = try zip(key, values).map { column, value in try Self.value(value, column, at: nil) }
            return KeyBatch(count: 1, width: key.count, values: order.map { $0.map { found[$0] } } ?? found, requests: requests)
        case .many(let entities):
            var found: [Value] = []
            found.reserveCapacity(entities.count * key.count)
            for (place, entity) in entities.enumerated() {
                if key.count == 1, entity.array == nil {
                    found.append(try Self.value(entity, key[0], at: place))
                    continue
                }
                guard let values = entity.array, values.count == key.count else {
                    throw ExtractionError(
                        .badKeyValue,
                        "index_values[\(place)] \(entity.array.map { "has \($0.count) values" } ?? "is one value") and index_key names \(key.count) columns",
                        hint: "give a list with one value for each column", details: ["index": .init(place)])
                }
                for position in order ?? Array(key.indices) { found.append(try Self.value(values[position], key[position], at: place)) }
            }
            return KeyBatch(count: entities.count, width: key.count, values: found, requests: requests)
        }
    }

    private static func value(_ value: JSONValue, _ column: String, at place: Int?) throws -> Value {
        switch value {
        case .string(let text): return .text(text)
        case .bool(let flag): return .bool(flag)
        // Digits as written: the store reads them as the column's type, so that 10.50 stays 10.50.
        case .number(let digits): return Int64(digits).map(Value.int) ?? .text(digits)
        case .null, .array, .object:
            let message = "the value for '\(column)' is neither a string, a number nor a boolean"
            throw ExtractionError(
                .badKeyValue, place.map { "index_values[\($0)]: \(message)" } ?? message, hint: "no row is found by null, nor by a list or an object in a column's place", details: place.map { ["index": .init($0)] })
        }
    }
}
