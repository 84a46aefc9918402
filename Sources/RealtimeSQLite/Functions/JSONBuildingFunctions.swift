internal import EmbeddedSQL
internal import FeatureModel
internal import PostgresTypes

/// Documents made of values: what is NULL is JSON's null.
extension PostgresFunctions {
    static func registerJSONBuilding(_ registry: FunctionRegistry) throws {
        try registry.text("pg_json_quote", 1) { a, out in JSONText.write(a[0].utf8, to: &out) }
        try registry.text("pg_json_number", 1) { a, out in
            let text = a[0].utf8
            // NaN and the infinities are strings.
            if let last = text.last, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last) { out += text } else { JSONText.write(text, to: &out) }
        }
        try registry.text("pg_json_timestamp", 1) { a, out in
            out.append(UInt8(ascii: "\""))
            DateTimeText.writeTimestamp(a[0].int64, separator: UInt8(ascii: "T"), to: &out)
            out.append(UInt8(ascii: "\""))
        }
        try registry.strict("pg_json_timestamptz", 2) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let zone = try result.zone(a, 1)
            try buffer.write(to: result) { out in
                out.append(UInt8(ascii: "\""))
                DateTimeText.writeTimestampTZ(a[0].int64, zone: zone, json: true, to: &out)
                out.append(UInt8(ascii: "\""))
            }
        }
        try registry.text("pg_json_array", 2) { a, out throws(PostgresError) in
            let form = a[1].utf8.first
            try ArrayText(parsing: a[0].utf8).writeJSON(to: &out) { element, out in
                switch form {
                case UInt8(ascii: "v"): out += element
                case UInt8(ascii: "b"): out += (element == Array("t".utf8) ? "true" : "false").utf8
                default: element.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
                }
            }
        }
        for (name, separators) in [("pg_json_build_object", (" : ", ", ")), ("pg_json_row", (":", ","))] {
            try registry.scalar(name, -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
                try buffer.write(to: result) { out throws(PostgresError) in
                    out.append(UInt8(ascii: "{"))
                    for index in stride(from: 0, to: a.count - 1, by: 2) {
                        if index > 0 { out += separators.1.utf8 }
                        if a[index].isNull { throw PostgresError("22023", "argument \(index + 1) cannot be null") }
                        JSONText.write(a[index].utf8, to: &out)
                        out += separators.0.utf8
                        write(a[index + 1], to: &out)
                    }
                    out.append(UInt8(ascii: "}"))
                }
            }
        }
        try registry.scalar("pg_json_build_array", -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
            try buffer.write(to: result) { out in
                out.append(UInt8(ascii: "["))
                for index in 0..<a.count {
                    if index > 0 { out += ", ".utf8 }
                    write(a[index], to: &out)
                }
                out.append(UInt8(ascii: "]"))
            }
        }
        try registry.text("pg_jsonb_set", 4) { a, out throws(PostgresError) in
            let path = try ArrayText(parsing: a[1].utf8).elements
            try a[0].jsonb().setting(path[...], to: try a[2].jsonb(), creating: a[3].int64 != 0).write(to: &out)
        }
    }

    private static func write(_ value: Argument, to out: inout [UInt8]) {
        if value.isNull { out += "null".utf8 } else { out += value.utf8 }
    }
}
