internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerTexts(_ registry: FunctionRegistry) throws {
        try registry.text("pg_lower", 1) { a, out in LetterCase.lower(a[0].utf8, to: &out) }
        try registry.text("pg_upper", 1) { a, out in LetterCase.upper(a[0].utf8, to: &out) }
        try registry.text("pg_initcap", 1) { a, out in LetterCase.initcap(a[0].utf8, to: &out) }
        try registry.integer("pg_length", 1) { a in Int64(Characters(a[0].utf8).count) }
        try registry.text("pg_concat_op", 2) { a, out in
            out.append(contentsOf: a[0].utf8)
            out.append(contentsOf: a[1].utf8)
        }
        try registry.scalar("pg_concat", -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
            try buffer.write(to: result) { out in
                for index in 0..<a.count where !a[index].isNull { out.append(contentsOf: a[index].utf8) }
            }
        }
        try registry.scalar("pg_concat_ws", -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
            guard a.count > 0, !a[0].isNull else { return result.null() }
            try buffer.write(to: result) { out in
                var isFirst = true
                for index in 1..<max(1, a.count) where !a[index].isNull {
                    if !isFirst { out.append(contentsOf: a[0].utf8) }
                    isFirst = false
                    out.append(contentsOf: a[index].utf8)
                }
            }
        }
        try part(registry, "pg_substr", 2) { a in TextParts.substring(a[0].utf8, from: a[1].int64) }
        try part(registry, "pg_substr", 3) { a throws(PostgresError) in try TextParts.substring(a[0].utf8, from: a[1].int64, count: a[2].int64) }
        try part(registry, "pg_left", 2) { a in TextParts.left(a[0].utf8, a[1].int64) }
        try part(registry, "pg_right", 2) { a in TextParts.right(a[0].utf8, a[1].int64) }
        try part(registry, "pg_btrim", 2) { a in TextParts.trim(a[0].utf8, a[1].utf8, left: true, right: true) }
        try part(registry, "pg_ltrim", 2) { a in TextParts.trim(a[0].utf8, a[1].utf8, left: true, right: false) }
        try part(registry, "pg_rtrim", 2) { a in TextParts.trim(a[0].utf8, a[1].utf8, left: false, right: true) }
        try part(registry, "pg_split_part", 3) { a throws(PostgresError) in try TextParts.split(a[0].utf8, by: a[1].utf8, part: a[2].int64) }
        for (name, onLeft) in [("pg_lpad", true), ("pg_rpad", false)] {
            try registry.text(name, 3) { a, out throws(PostgresError) in
                try TextEdit.pad(a[0].utf8, length: a[1].int64, fill: a[2].utf8, onLeft: onLeft, to: &out)
            }
        }
        try registry.text("pg_replace", 3) { a, out in TextEdit.replace(a[0].utf8, a[1].utf8, with: a[2].utf8, to: &out) }
        try registry.text("pg_translate", 3) { a, out in TextEdit.translate(a[0].utf8, a[1].utf8, with: a[2].utf8, to: &out) }
        try registry.text("pg_repeat", 2) { a, out throws(PostgresError) in try TextEdit.repeated(a[0].utf8, a[1].int64, to: &out) }
        try registry.text("pg_reverse", 1) { a, out in TextEdit.reverse(a[0].utf8, to: &out) }
        try registry.integer("pg_position", 2) { a in Int64(TextParts.position(of: a[1].utf8, in: a[0].utf8)) }
        try registry.boolean("pg_starts_with", 2) { a in a[0].utf8.starts(with: a[1].utf8) }
        try registry.integer("pg_ascii", 1) { a in TextEdit.codePoint(a[0].utf8) }
        try registry.text("pg_chr", 1) { a, out throws(PostgresError) in try TextEdit.character(a[0].int64, to: &out) }
        try registry.text("pg_to_hex", 2) { a, out in TextEdit.hex(a[0].int64, bits: a[1].int64, to: &out) }
        try registry.text("pg_quote_literal", 1) { a, out in TextEdit.quoteLiteral(a[0].utf8, to: &out) }
        try registry.text("pg_quote_ident", 1) { a, out in TextEdit.quoteIdentifier(a[0].utf8, to: &out) }
    }

    /// The arguments of `format` as texts.
    static func registerFormatted(_ registry: FunctionRegistry) throws {
        try registry.scalar("pg_format", -1) { [buffer = registry.buffer] a, result throws(PostgresError) in
            guard a.count > 0, !a[0].isNull else { return result.null() }
            let values = (1..<max(1, a.count)).map { a[$0].isNull ? nil : Array(a[$0].utf8) }
            try buffer.write(to: result) { out throws(PostgresError) in try FormattedText.write(a[0].utf8, values, to: &out) }
        }
    }

    /// A function whose result is a part of its argument: no copy in between.
    private static func part(
        _ registry: FunctionRegistry, _ name: String, _ count: Int,
        _ body: @escaping (Arguments) throws(PostgresError) -> UnsafeBufferPointer<UInt8>
    ) throws {
        try registry.strict(name, count) { a, result throws(PostgresError) in result.set(utf8: try body(a)) }
    }
}
