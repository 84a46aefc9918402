public import Foundation

/// A record that backends store as one document.
public protocol CatalogRecord: Codable, Sendable {
    var formatVersion: Int { get }
    /// The newest ``formatVersion`` this program can read.
    static var newestFormat: Int { get }
    /// What the record is called in an error, e.g. `query`.
    static var documentName: String { get }
}

extension CatalogRecord {
    public static var newestFormat: Int { 1 }
}

extension QueryContent: CatalogRecord { public static var documentName: String { "query" } }
extension ETLContent: CatalogRecord { public static var documentName: String { "ETL" } }
extension NameRecord: CatalogRecord { public static var documentName: String { "name" } }
extension Binding: CatalogRecord { public static var documentName: String { "binding" } }
extension Baseline: CatalogRecord { public static var documentName: String { "baseline" } }
extension SkewEvent: CatalogRecord { public static var documentName: String { "skew event" } }

/// Turns records into JSON documents and back, the same way for every backend.
public struct StoredDocument: Sendable {
    /// The largest document a backend takes, so that what one catalog holds fits into the other (MongoDB's limit is 16 MiB).
    public static let maximumBytes = 15 << 20

    public enum DateForm: Sendable {
        /// `"2026-01-31T09:05:00.250Z"`.
        case text
        /// MongoDB's extended JSON, which becomes a BSON date.
        case extendedJSON
    }

    private let dates: DateForm

    public init(dates: DateForm) { self.dates = dates }

    /// Throws `CatalogError.tooLarge` beyond ``maximumBytes``.
    public func encode<Record: CatalogRecord>(_ record: Record) throws -> Data { try encode(record, named: Record.documentName) }

    /// The same for a record with what a backend adds to it.
    public func encode(_ record: some Encodable, named name: String) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let dates = dates
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            switch dates {
            case .text: try container.encode(Timestamp.text(date))
            case .extendedJSON: try container.encode(["$date": ["$numberLong": String(Timestamp.milliseconds(of: date))]])
            }
        }
        let data = try encoder.encode(record)
        guard data.count <= Self.maximumBytes else { throw Self.tooLarge(name) }
        return data
    }

    public static func tooLarge(_ name: String) -> CatalogError {
        CatalogError(.tooLarge, "The \(name) is too large for the catalog.", reason: "a document may have \(maximumBytes >> 20) MiB")
    }

    /// Throws `CatalogError.corrupt` if the document cannot be read or is of a newer format; `key` says which one it is.
    public func decode<Record: CatalogRecord>(_ type: Record.Type = Record.self, from data: Data, key: @autoclosure () -> String) throws -> Record {
        let record: Record
        do {
            record = try decode(type, from: data)
        } catch {
            if let format = try? decode(FormatOnly.self, from: data).formatVersion, format > Record.newestFormat {
                throw Self.newer(Record.self, format: format, key: key())
            }
            throw CatalogError(.corrupt, "The \(Record.documentName) \(key()) in the catalog is unreadable.", reason: Self.explanation(of: error))
        }
        guard record.formatVersion <= Record.newestFormat else { throw Self.newer(Record.self, format: record.formatVersion, key: key()) }
        return record
    }

    /// A part of a document that has no format of its own.
    public func decode<Part: Decodable>(_ type: Part.Type, from data: Data) throws -> Part {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                if let date = Timestamp.date(text) { return date }
            } else {
                return try ExtendedDate(from: decoder).date
            }
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no date"))
        }
        return try decoder.decode(type, from: data)
    }

    private static func newer<Record: CatalogRecord>(_ type: Record.Type, format: Int, key: String) -> CatalogError {
        CatalogError(
            .corrupt, "The \(Record.documentName) \(key) in the catalog is of a newer format than this program reads.",
            reason: "format \(format), newest known \(Record.newestFormat); upgrade this program"
        )
    }

    /// Where decoding failed, without the values: they may be somebody's text.
    private static func explanation(of error: any Error) -> String {
        let (context, what): (DecodingError.Context?, String) =
            switch error as? DecodingError {
            case .keyNotFound(let key, let context): (context, "'\(key.stringValue)' is missing")
            case .typeMismatch(_, let context), .valueNotFound(_, let context): (context, "a value has another type")
            case .dataCorrupted(let context): (context, "a value is malformed")
            default: (nil, "it cannot be decoded")
            }
        let path = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
        return path.isEmpty ? what : "\(what) at \(path)"
    }

    private struct FormatOnly: Decodable {
        let formatVersion: Int
    }

    /// `{"$date": "…"}` or `{"$date": {"$numberLong": "…"}}`.
    private struct ExtendedDate: Decodable {
        let date: Date

        private enum Keys: String, CodingKey {
            case date = "$date"
            case number = "$numberLong"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            let found: Date? =
                if let text = try? container.decode(String.self, forKey: .date) {
                    Timestamp.date(text)
                } else {
                    Int64(try container.nestedContainer(keyedBy: Keys.self, forKey: .date).decode(String.self, forKey: .number))
                        .map(Timestamp.date(milliseconds:))
                }
            guard let found else { throw DecodingError.dataCorruptedError(forKey: .date, in: container, debugDescription: "no date") }
            date = found
        }
    }
}
