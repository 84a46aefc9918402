internal import EmbeddedSQL
internal import FeatureModel
internal import PostgresTypes

/// Functions that give rows, as arrays for `json_each`.
extension PostgresFunctions {
    /// More elements would only fill the memory.
    private static let mostElements = 1_000_000

    static func registerRows(_ registry: FunctionRegistry) throws {
        try registry.text("pg_rows_array", 1) { a, out throws(PostgresError) in
            try write(try ArrayText(parsing: a[0].utf8).elements, to: &out) { element, out in
                if let element { element.withUnsafeBufferPointer { JSONText.write($0, to: &out) } } else { out += "null".utf8 }
            }
        }
        try registry.text("pg_rows_json_elements", 2) { a, out throws(PostgresError) in
            let text = a[0].utf8
            let root = try JSONText15.root(text)
            guard root.kind == .array else {
                throw PostgresError("22023", root.kind == .object ? "cannot extract elements from an object" : "cannot extract elements from a scalar")
            }
            try write(try JSONText15.elements(of: root, in: text), to: &out) { part, out throws(PostgresError) in
                try write(part, in: text, asText: a[1].int64 != 0, to: &out)
            }
        }
        try registry.text("pg_rows_json_keys", 1) { a, out throws(PostgresError) in
            let text = a[0].utf8
            try write(try members(text, "json_object_keys"), to: &out) { member, out in
                member.name.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
            }
        }
        try registry.text("pg_rows_json_each", 2) { a, out throws(PostgresError) in
            let text = a[0].utf8
            try write(try members(text, "json_each"), to: &out) { member, out throws(PostgresError) in
                var pair = [UInt8(ascii: "[")]
                member.name.withUnsafeBufferPointer { JSONText.write($0, to: &pair) }
                pair.append(UInt8(ascii: ","))
                try write(member.value, in: text, asText: a[1].int64 != 0, to: &pair)
                pair.append(UInt8(ascii: "]"))
                pair.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
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

    private static func write<Element>(
        _ elements: [Element], to out: inout [UInt8], _ body: (Element, inout [UInt8]) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        out.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            try body(element, &out)
        }
        out.append(UInt8(ascii: "]"))
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
