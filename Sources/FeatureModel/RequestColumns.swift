/// One value that a query reads from the call itself.
public struct RequestColumn: Hashable, Sendable, Codable {
    public let name: String
    public let type: PostgresType

    public init(name: String, type: PostgresType) {
        self.name = name
        self.type = type
    }
}

extension PostgresType {
    /// The type of that name, as PostgreSQL's grammar and `format_type` write it, e.g. `numeric(12,2)` or `timestamp with time zone`; nil for
    /// another, for an array, and for a numeric of more than 18 declared digits.
    public init?(named text: String) {
        let lowered = text.lowercased()
        guard lowered.utf8.count <= 64, lowered.unicodeScalars.allSatisfy({ $0.isASCII }) else { return nil }
        var words = lowered[...]
        var arguments: [Int] = []
        if let open = lowered.firstIndex(of: "(") {
            guard let close = lowered.firstIndex(of: ")"), open < close else { return nil }
            for part in lowered[lowered.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false) {
                guard let number = Int(part.filter { $0 != " " }), number >= 0 else { return nil }
                arguments.append(number)
            }
            words = lowered[..<open] + " " + lowered[lowered.index(after: close)...]
        }
        self.init(base: words.split(separator: " ").joined(separator: " "), arguments)
    }

    private init?(base: String, _ arguments: [Int]) {
        if arguments.isEmpty {
            let plain: [String: Kind] = [
                "boolean": .bool, "bool": .bool, "smallint": .int2, "int2": .int2, "integer": .int4, "int": .int4, "int4": .int4, "bigint": .int8,
                "int8": .int8, "numeric": .numeric, "decimal": .numeric, "real": .float4, "float4": .float4, "double precision": .float8,
                "float8": .float8, "float": .float8, "text": .text, "varchar": .varchar, "character varying": .varchar, "date": .date, "time": .time,
                "time without time zone": .time, "timestamp": .timestamp, "timestamp without time zone": .timestamp, "timestamptz": .timestamptz,
                "timestamp with time zone": .timestamptz, "interval": .interval, "uuid": .uuid, "bytea": .bytea,
            ]
            guard let kind = plain[base] else { return nil }
            self.init(kind)
            return
        }
        switch (base, arguments.count) {
        case ("numeric", 1...2), ("decimal", 1...2):
            let scale = arguments.count == 2 ? arguments[1] : 0
            guard (1...18).contains(arguments[0]), scale <= arguments[0] else { return nil }
            self = .numeric(precision: arguments[0], scale: scale)
        case ("varchar", 1), ("character varying", 1):
            guard (1...10_485_760).contains(arguments[0]) else { return nil }
            self.init(.varchar, modifier: Int32(arguments[0]) + 4)
        default: return nil
        }
    }
}
