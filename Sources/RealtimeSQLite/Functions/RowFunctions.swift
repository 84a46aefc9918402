internal import EmbeddedSQL
internal import FeatureModel
internal import PostgresTypes

/// Functions that give rows, as arrays for `json_each`.
extension PostgresFunctions {
    /// More elements would only fill the memory.
    private static let mostElements = 1_000_000

    static func registerRows(_ registry: FunctionRegistry) throws {
        try registry.text("pg_rows_array", 1) { a, out throws(PostgresError) in
            RowText.write(try ArrayText(parsing: a[0].utf8).elements, to: &out) { element, out in
                if let element { element.withUnsafeBufferPointer { JSONText.write($0, to: &out) } } else { out += "null".utf8 }
            }
        }
        try registry.text("pg_rows_json_elements", 2) { a, out throws(PostgresError) in
            let text = a[0].utf8
            let root = try JSONText15.root(text)
            guard root.kind == .array else {
                throw PostgresError("22023", root.kind == .object ? "cannot extract elements from an object" : "cannot extract elements from a scalar")
            }
            try RowText.write(try JSONText15.elements(of: root, in: text), to: &out) { part, out throws(PostgresError) in
                try write(part, in: text, asText: a[1].int64 != 0, to: &out)
            }
        }
        try registry.text("pg_rows_json_keys", 1) { a, out throws(PostgresError) in
            let text = a[0].utf8
            RowText.write(try members(text, "json_object_keys"), to: &out) { member, out in
                member.name.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
            }
        }
        try registry.text("pg_rows_json_each", 2) { a, out throws(PostgresError) in
            let text = a[0].utf8
            try RowText.write(try members(text, "json_each"), to: &out) { member, out throws(PostgresError) in
                var pair = [UInt8(ascii: "[")]
                member.name.withUnsafeBufferPointer { JSONText.write($0, to: &pair) }
                pair.append(UInt8(ascii: ","))
                try write(member.value, in: text, asText: a[1].int64 != 0, to: &pair)
                pair.append(UInt8(ascii: "]"))
                pair.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
            }
        }
        try registry.scalar("pg_row_key", -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
            try buffer.write(to: result) { out in RowText.write(0..<a.count, to: &out) { index, out in RowText.write(a[index], to: &out) } }
        }
        try registry.scalar("pg_rows_json_records", 2) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let isSet = a[1].int64 != 0
            // Of nothing there is one record of nulls, and no set.
            if a[0].isNull { return isSet ? result.null() : result.set(utf8: Array("[\"{}\"]".utf8)) }
            let text = a[0].utf8
            let root = try JSONText15.root(text)
            if isSet != (root.kind == .array) {
                let kind = root.kind == .object ? "an object" : root.kind == .array ? "an array" : "a scalar"
                throw PostgresError("22023", "cannot call \(isSet ? "json_to_recordset" : "json_to_record") on \(kind)")
            }
            try buffer.write(to: result) { out throws(PostgresError) in
                try RowText.write(isSet ? try JSONText15.elements(of: root, in: text) : [root], to: &out) { part, out throws(PostgresError) in
                    guard part.kind == .object else { throw PostgresError("22023", "argument of json_to_recordset must be an array of objects") }
                    try write(part, in: text, asText: false, to: &out)
                }
            }
        }
        try registry.aggregate("pg_rows_pack", -1) { RowPack() }
        try registry.strict("pg_rows_part", 2) { a, result throws(PostgresError) in
            let text = a[0].utf8
            guard let part = try JSONText15.element(a[1].int64, of: try JSONText15.root(text), in: text) else { return result.null() }
            try RowText.put(part, in: text, result)
        }
        try registry.scalar("pg_rows_zip", -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
            var columns: [(text: UnsafeBufferPointer<UInt8>, elements: [JSONText15.Part])] = []
            for index in 0..<a.count {
                let text = a[index].utf8
                // A function that is given NULL gives no rows, and the others still do.
                columns.append((text, a[index].isNull ? [] : try JSONText15.elements(of: try JSONText15.root(text), in: text)))
            }
            try buffer.write(to: result) { out throws(PostgresError) in
                RowText.write(0..<(columns.map(\.elements.count).max() ?? 0), to: &out) { row, out in
                    RowText.write(columns, to: &out) { column, out in
                        if row < column.elements.count { out += column.text[column.elements[row].range] } else { out += "null".utf8 }
                    }
                }
            }
        }
        try registry.text("pg_rows_series_int", 3) { a, out throws(PostgresError) in
            let (stop, step) = (a[1].int64, a[2].int64)
            try series(from: a[0].int64, to: &out, sign: step.signum(), stop: stop) { value in
                let (next, overflows) = value.addingReportingOverflow(step)
                return overflows ? nil : next
            }
        }
        try registry.text("pg_rows_series_timestamp", 3) { a, out throws(PostgresError) in
            let step = try a[2].interval()
            try series(from: a[0].int64, to: &out, sign: sign(step), stop: a[1].int64) { value throws(PostgresError) in try Timestamps.add(value, step) }
        }
        try registry.strict("pg_rows_series_timestamptz", 4) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let step = try a[2].interval()
            let zone = try result.zone(a, 3)
            try buffer.write(to: result) { out throws(PostgresError) in
                try series(from: a[0].int64, to: &out, sign: sign(step), stop: a[1].int64) { value throws(PostgresError) in
                    try Timestamps.add(value, step, zone: zone)
                }
            }
        }
    }

    /// A part of a document as a JSON string of its text.
    private static func write(
        _ part: JSONText15.Part, in text: UnsafeBufferPointer<UInt8>, asText: Bool, to out: inout [UInt8]
    ) throws(PostgresError) {
        if asText {
            guard let value = try JSONText15.text(of: part, in: text) else { return out += "null".utf8 }
            return value.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
        }
        JSONText.write(UnsafeBufferPointer(rebasing: text[part.range]), to: &out)
    }

    private static func members(
        _ text: UnsafeBufferPointer<UInt8>, _ function: String
    ) throws(PostgresError) -> [(name: [UInt8], value: JSONText15.Part)] {
        let root = try JSONText15.root(text)
        guard root.kind == .object else {
            let kind = root.kind == .array ? "an array" : "a scalar"
            throw PostgresError("22023", function == "json_each" ? "cannot deconstruct \(kind)" : "cannot call \(function) on \(kind)")
        }
        return try JSONText15.members(of: root, in: text)
    }

    private static func sign(_ step: Interval) -> Int64 { step < .zero ? -1 : step == .zero ? 0 : 1 }

    private static func series(
        from start: Int64, to out: inout [UInt8], sign: Int64, stop: Int64, _ next: (Int64) throws(PostgresError) -> Int64?
    ) throws(PostgresError) {
        guard sign != 0 else { throw PostgresError("22023", "step size cannot equal zero") }
        out.append(UInt8(ascii: "["))
        var value = start, count = 0
        while sign > 0 ? value <= stop : value >= stop {
            count += 1
            guard count <= mostElements else { throw PostgresError("54000", "generate_series gives more than \(mostElements) rows") }
            if count > 1 { out.append(UInt8(ascii: ",")) }
            DecimalDigits.write(value, to: &out)
            guard let following = try next(value) else { break }
            value = following
        }
        out.append(UInt8(ascii: "]"))
    }
}
