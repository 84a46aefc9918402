/// An identifier derived from content: 24 lower-case hexadecimal digits, so that it is also a MongoDB ObjectId.
///
/// `Kind` keeps identifiers of different things apart at compile time.
public struct ContentID<Kind: ContentKind>: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// Accepts 24 hexadecimal digits of either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 24, text.utf8.allSatisfy(Self.isHexDigit) else { return nil }
        // Ids come as they are kept, as a rule: parsed at every request, and copied only if they must be.
        hex = text.utf8.contains { $0 < 0x61 && $0 > 0x39 } ? text.lowercased() : String(text)
    }

    public var description: String { hex }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
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
