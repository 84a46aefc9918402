/// An identifier derived from content: 24 lower-case hexadecimal digits, so that it is also a MongoDB ObjectId.
///
/// `Kind` keeps identifiers of different things apart at compile time.
public struct ContentID<Kind: ContentKind>: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// Accepts 24 hexadecimal digits of either case; nil for anything else.
    public init?(_ text: String) {
        guard let hex = hexadecimal(text) else { return nil }
        self.hex = hex
    }

    public var description: String { hex }
}

/// Outside the generic type, and over plain bytes: every request's ids pass here. They come as they are kept, as a rule, and are copied only if
/// they must be.
private func hexadecimal(_ text: String) -> String? {
    guard text.utf8.count == 24 else { return nil }
    var hasUpperCase = false
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): break
        case UInt8(ascii: "A")...UInt8(ascii: "F"): hasUpperCase = true
        default: return nil
        }
    }
    return hasUpperCase ? text.lowercased() : text
}

/// What a ``ContentID`` identifies. `label` enters the HMAC, so equal text of different kinds gets different ids.
public protocol ContentKind: Sendable {
    static var label: String { get }
}

public enum QueryKind: ContentKind { public static let label = "query" }
public enum ETLKind: ContentKind { public static let label = "etl" }

public typealias QueryID = ContentID<QueryKind>
public typealias ETLID = ContentID<ETLKind>

extension ContentID: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = Self(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(Kind.label) id is not 24 hexadecimal digits"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
