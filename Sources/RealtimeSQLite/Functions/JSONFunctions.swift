internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerJSON(_ registry: FunctionRegistry) throws {
        try parts(registry, "pg_json_field") { a, text throws(PostgresError) in
            try JSONText15.member(a[1].utf8, of: try JSONText15.root(text), in: text)
        }
        try parts(registry, "pg_json_element") { a, text throws(PostgresError) in
            try JSONText15.element(a[1].int64, of: try JSONText15.root(text), in: text)
        }
        // jsonb holds a scalar as an array of it alone, and so it answers.
        try parts(registry, "pg_jsonb_element") { a, text throws(PostgresError) in
            let root = try JSONText15.root(text), index = a[1].int64
            if root.kind == .array || root.kind == .object { return try JSONText15.element(index, of: root, in: text) }
            return index == 0 || index == -1 ? root : nil
        }
        try parts(registry, "pg_json_path") { a, text throws(PostgresError) in
            try JSONText15.descend(try ArrayText(parsing: a[1].utf8).elements, in: text)
        }
        try registry.text("pg_json_typeof", 1) { a, out throws(PostgresError) in out += try JSONText15.root(a[0].utf8).kind.rawValue.utf8 }
        try registry.integer("pg_json_array_length", 1) { a throws(PostgresError) in
            let root = try JSONText15.root(a[0].utf8)
            switch root.kind {
            case .array: return Int64(try JSONText15.elements(of: root, in: a[0].utf8).count)
            case .object: throw PostgresError("22023", "cannot get array length of a non-array")
            default: throw PostgresError("22023", "cannot get array length of a scalar")
            }
        }
    }

    /// A part of a document, as it stands and, under the name with `_text`, as text.
    private static func parts(
        _ registry: FunctionRegistry, _ name: String,
        _ find: @escaping (Arguments, UnsafeBufferPointer<UInt8>) throws(PostgresError) -> JSONText15.Part?
    ) throws {
        try registry.strict(name, 2) { a, result throws(PostgresError) in
            let text = a[0].utf8
            guard let part = try find(a, text) else { return result.null() }
            result.set(utf8: UnsafeBufferPointer(rebasing: text[part.range]))
        }
        try registry.strict(name + "_text", 2) { a, result throws(PostgresError) in
            let text = a[0].utf8
            guard let part = try find(a, text), let value = try JSONText15.text(of: part, in: text) else { return result.null() }
            result.set(utf8: value)
        }
    }
}
