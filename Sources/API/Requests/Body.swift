import FeatureModel
import HTTPTypes
import Hummingbird
import NIOCore

/// The members of a request's JSON object. A member that the endpoint does not know is an error, so that a misspelt one is never
/// silently ignored.
struct Body {
    /// A few: looking through them is quicker than hashing their names.
    private let members: [JSONValue.Member]

    /// Reads at most `limit` bytes.
    init(_ request: Request, known: [String], limit: Int) async throws {
        try self.init(try await Self.bytes(of: request, limit: limit).readableBytesView, known: known)
    }

    static func bytes(of request: Request, limit: Int) async throws -> ByteBuffer {
        try checkType(request.headers.first { $0.name == .contentType }?.value)
        var request = request
        do { return try await request.collectBody(upTo: limit) } catch is NIOTooManyBytesError {
            throw tooLarge(limit)
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw tooLarge(limit)
        }
    }

    private static func tooLarge(_ limit: Int) -> APIError {
        APIError(.bodyTooLarge, "the body is larger than \(limit) bytes", hint: "the limit is the setting MAX_BODY_BYTES")
    }

    /// - Parameter type: the field Content-Type, if there is one.
    static func checkType(_ type: String?) throws {
        guard let type, type != "application/json", !type.lowercased().hasPrefix("application/json") else { return }
        throw APIError(.unsupportedMediaType, "the body's type is \(type.prefix(80))", hint: "send Content-Type: application/json")
    }

    init(_ bytes: some Collection<UInt8>, known: [String]) throws {
        let value: JSONValue
        do { value = try JSONReader.read(bytes) } catch {
            throw APIError(.malformedBody, "the body is not JSON", reason: error.description, hint: "send a JSON object")
        }
        guard case .object(let members) = value else { throw APIError(.malformedBody, "the body is not a JSON object") }
        if let unknown = members.first(where: { !known.contains($0.key) }) {
            throw APIError(
                .unknownField, "field '\(unknown.key.prefix(80))' is not known here", hint: "the fields are \(known.sorted().joined(separator: ", "))",
                details: ["fields": .array(known.sorted().map { .string($0) })])
        }
        self.members = members
    }

    private subscript(_ name: String) -> JSONValue? { members.first { $0.key == name }?.value }

    /// nil where the member is absent or null.
    func string(_ name: String) throws -> String? {
        switch self[name] {
        case nil, .null: nil
        case .string(let text): text
        default: throw APIError(.badField, "'\(name)' must be a string")
        }
    }

    /// nil where the member is absent or null.
    func flag(_ name: String) throws -> Bool? {
        switch self[name] {
        case nil, .null: nil
        case .bool(let flag): flag
        default: throw APIError(.badField, "'\(name)' must be true or false")
        }
    }

    func required(_ name: String) throws -> String {
        guard let text = try string(name) else { throw APIError(.badField, "'\(name)' is missing") }
        return text
    }

    /// A column, or a list of columns.
    func columns(_ name: String) throws -> [String]? {
        switch self[name] {
        case nil, .null: return nil
        case .string(let column): return [column]
        case .array(let items) where !items.isEmpty && items.count <= 32:
            let columns = items.compactMap(\.string)
            guard columns.count == items.count else { throw APIError(.badField, "'\(name)' must hold column names only") }
            return columns
        default: throw APIError(.badField, "'\(name)' must be a column's name or a list of 1 to 32 of them")
        }
    }

    /// A value, or a list of values; none where the member is absent.
    func values(_ name: String) -> [JSONValue] { self[name].map { $0.array ?? [$0] } ?? [] }

    /// A list of any values.
    func list(_ name: String) throws -> [JSONValue]? {
        switch self[name] {
        case nil, .null: return nil
        case .array(let items): return items
        default: throw APIError(.badField, "'\(name)' must be a list", hint: "put it in brackets: \"\(name)\": […]")
        }
    }

    /// A list of different names, at least one.
    func names(_ name: String) throws -> [String]? {
        guard let items = try list(name) else { return nil }
        let names = items.compactMap(\.string)
        guard !names.isEmpty, names.count == items.count, Set(names).count == names.count else {
            throw APIError(.badField, "'\(name)' must be a list of different column names, at least one")
        }
        return names
    }

    /// nil where the member is absent or null.
    func value(_ name: String) -> JSONValue? { self[name] == .null ? nil : self[name] }

    func has(_ name: String) -> Bool { self[name] != nil }

    func queryID(_ name: String) throws -> QueryID? { try string(name).map { try Self.id($0, field: name) } }
    func etlID(_ name: String) throws -> ETLID? { try string(name).map { try Self.id($0, field: name) } }

    static func id<Kind>(_ text: String, field: String) throws -> ContentID<Kind> {
        guard let id = ContentID<Kind>(text) else {
            throw APIError(.malformedID, "'\(field)' is not an id", hint: "an id is 24 hexadecimal digits\(Kind.label == QueryKind.label ? "; for a name use 'name'" : "")")
        }
        return id
    }

    func name(_ field: String) throws -> ObjectName? { try string(field).map { try Self.name($0, field: field) } }

    static func name(_ text: String, field: String) throws -> ObjectName {
        guard let name = ObjectName(text) else {
            throw APIError(.badField, "'\(field)' is not a permitted name", hint: "names are 1 to 128 letters, digits, '.', '_' or '-', and no id")
        }
        return name
    }
}
