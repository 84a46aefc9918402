internal import EmbeddedSQL
internal import FeatureModel
internal import PostgresTypes

/// `json_object_agg` of names and values that are JSON already.
final class JSONObjectAggregate: Aggregate {
    private var rows = SortedRows()

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            if arguments[0].isNull { throw PostgresError("22023", "field name must not be null") }
            try rows.add(arguments, specificationAt: 2)
        }
    }

    func finish(_ result: FunctionResult) {
        guard !rows.isEmpty else { return result.null() }
        var out = Array("{ ".utf8)
        for (index, row) in rows.sorted().enumerated() {
            if index > 0 { out += ", ".utf8 }
            if case .text(let name) = row.values[0] { name.withUnsafeBufferPointer { JSONText.write($0, to: &out) } }
            out += " : ".utf8
            if case .text(let text) = row.values[1] { out += text } else { out += "null".utf8 }
        }
        out += " }".utf8
        result.set(utf8: out)
    }
}

/// `jsonb_object_agg`, whatever the order of its rows: a name that comes twice with different values is an error.
final class JSONBObjectAggregate: Aggregate {
    private var members: [[UInt8]: [UInt8]] = [:]

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            if arguments[0].isNull { throw PostgresError("22023", "field name must not be null") }
            let value = arguments[1].isNull ? Array("null".utf8) : Array(arguments[1].utf8)
            if let known = members.updateValue(value, forKey: Array(arguments[0].utf8)), known != value {
                throw PostgresError("P0001", "a name comes with different values, and jsonb_object_agg would keep one of them by chance")
            }
        }
    }

    func finish(_ result: FunctionResult) throws {
        guard !members.isEmpty else { return result.null() }
        var out = Array("{".utf8)
        for (name, value) in members {
            if out.count > 1 { out.append(UInt8(ascii: ",")) }
            name.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
            out.append(UInt8(ascii: ":"))
            out += value
        }
        out.append(UInt8(ascii: "}"))
        try carrying { () throws(PostgresError) in
            var text: [UInt8] = []
            let document = try out.withUnsafeBufferPointer { bytes throws(PostgresError) in try JSONB(parsing: bytes) }
            document.write(to: &text)
            result.set(utf8: text)
        }
    }
}
