import EmbeddedSQL
import FeatureModel
import Foundation

extension Connection {
    /// Runs a statement without rows.
    func run(_ sql: String, _ parameters: [Value]) throws {
        let statement = try prepare(sql)
        try statement.bind(parameters)
        try statement.run()
    }

    /// The first column, a document, of every row.
    func documents(_ sql: String, _ parameters: [Value]) throws -> [Data] {
        let statement = try prepare(sql)
        try statement.bind(parameters)
        return try statement.rows { Data(buffer: $0.utf8(0)) }
    }

    /// The first column, a document, of the first row.
    func document(_ sql: String, _ parameters: [Value]) throws -> Data? {
        let statement = try prepare(sql)
        try statement.bind(parameters)
        return try statement.firstRow { Data(buffer: $0.utf8(0)) }
    }

    /// The one number that a statement answers.
    func number(_ sql: String) throws -> Int64 { try prepare(sql).firstRow { $0.int64(0) } ?? 0 }
}

extension Value {
    static func document(_ json: Data) -> Value { .text(String(decoding: json, as: UTF8.self)) }

    static func text(_ name: ObjectName) -> Value { .text(name.text) }

    static func text(_ id: QueryID) -> Value { .text(id.hex) }

    /// Empty where there is no ETL.
    static func text(_ id: ETLID?) -> Value { .text(id?.hex ?? "") }

    static func number(_ number: Int) -> Value { .int(Int64(number)) }
}
