extension SQLiteFunctions {
    /// Characters are Unicode scalars, as in a UTF-8 database. Case follows the libc locale C.UTF-8: simple one-to-one mappings, ß stays.
    static let texts: [SQLiteFunction] = [
        .scalar("pg_lower", 1, "(text x)"),
        .scalar("pg_upper", 1, "(text x)"),
        .scalar("pg_initcap", 1, "(text x) first letter of each run of alphanumerics upper, others lower"),
        .scalar("pg_length", 1, "(text x) int4 characters"),
        .scalar("pg_octet_length", 1, "(text or BLOB x) int4 bytes"),
        .scalar("pg_bit_length", 1, "(text or BLOB x) int4 bits"),
        .scalar("pg_concat_op", 2, "(text x, text y) x || y"),
        .scalar("pg_concat", -1, "(text…) concat(): NULLs are passed over, no argument left gives ''; never NULL"),
        .scalar("pg_concat_ws", -1, "(text separator, text…) NULL only if separator is; NULL values are passed over"),
        .scalar("pg_substr", 2, "(text x, int from) from that character, positions before 1 counted"),
        .scalar("pg_substr", 3, "(text x, int from, int count) 22011 if count < 0"),
        .scalar("pg_left", 2, "(text x, int n) a negative n leaves out the last -n characters"),
        .scalar("pg_right", 2, "(text x, int n) a negative n leaves out the first -n characters"),
        .scalar("pg_lpad", 3, "(text x, int length, text fill)"),
        .scalar("pg_rpad", 3, "(text x, int length, text fill)"),
        .scalar("pg_btrim", 2, "(text x, text characters) both ends"),
        .scalar("pg_ltrim", 2, "(text x, text characters)"),
        .scalar("pg_rtrim", 2, "(text x, text characters)"),
        .scalar("pg_replace", 3, "(text x, text from, text to) an empty from changes nothing"),
        .scalar("pg_translate", 3, "(text x, text from, text to)"),
        .scalar("pg_repeat", 2, "(text x, int n) n < 0 as 0; 54000 beyond 1 GB (the store may refuse from 64 MB on)"),
        .scalar("pg_reverse", 1, "(text x)"),
        .scalar("pg_position", 2, "(text x, text part) int4, 1-based character of part in x, 0 if absent, 1 if part is empty"),
        .scalar("pg_split_part", 3, "(text x, text delimiter, int n) negative n from the end; 22023 if n is 0"),
        .scalar("pg_starts_with", 2, "(text x, text prefix) bool"),
        .scalar("pg_ascii", 1, "(text x) int4 code point of the first character, 0 if empty"),
        .scalar("pg_chr", 1, "(int x) the character; 54000 for 0 and what is no character"),
        .scalar("pg_md5", 1, "(text or BLOB x) 32 lower-case hex digits"),
        .scalar("pg_hashtext", 1, "(text x) int4: hashtext of PostgreSQL 15, under a deterministic collation"),
        .scalar("pg_bits_int", 3, "(text x, int n, bits) int: x::bit(n)::int, x of 0 and 1 or, after an x, of hexadecimal digits; 22P02, 22003"),
        .scalar("pg_sha256", 1, "(BLOB x) BLOB"),
        .scalar("pg_to_hex", 2, "(int x, bits) unsigned hex of that width"),
        .scalar("pg_encode", 2, "(BLOB x, text format) hex, base64 (lines of 76), escape"),
        .scalar("pg_decode", 2, "(text x, text format) BLOB"),
        .scalar("pg_quote_literal", 1, "(text x)"),
        .scalar("pg_quote_ident", 1, "(text x)"),
        .scalar("pg_format", -1, "(text format, text or NULL…) format(): %s %I %L %%, positions n$, width and -; 22023"),
    ]

    /// LIKE works on characters and is case sensitive; ILIKE folds both sides with `pg_lower`.
    static let patterns: [SQLiteFunction] = [
        .scalar("pg_like", 3, "(text x, text pattern, text escape) bool; escape is one character or '' for none; 22025 if the pattern ends with it"),
        .scalar("pg_ilike", 3, "(text x, text pattern, text escape) bool"),
    ]

    /// PostgreSQL's ARE dialect; what the implementation cannot honour exactly is an error 0A000, never another meaning.
    static let regularExpressions: [SQLiteFunction] = [
        .scalar("pg_similar_pattern", 2, "(text pattern, text escape) the regular expression that similar_to_escape makes; escape '' is none"),
        .scalar("pg_regex_match", 3, "(text x, text pattern, int ignoreCase) bool: ~ and ~*; 2201B for a bad pattern"),
        .scalar("pg_regexp_replace", 4, "(text x, text pattern, text replacement, text flags) flags '' for none"),
        .scalar("pg_regexp_substr", 5, "(text x, text pattern, int start, int n, text flags) NULL if there is no match"),
        .scalar("pg_regexp_count", 4, "(text x, text pattern, int start, text flags) int4"),
        .scalar("pg_regexp_like", 3, "(text x, text pattern, text flags) bool"),
        .scalar("pg_regexp_instr", 6, "(text x, text pattern, int start, int n, int endoption, text flags) int4"),
        .scalar("pg_substring_regex", 2, "(text x, text pattern) substring(x from pattern): the first group, else the match; NULL if none"),
        .scalar("pg_regexp_match", 3, "(text x, text pattern, text flags) array text of the groups, or NULL"),
        .scalar("pg_regexp_split_to_array", 3, "(text x, text pattern, text flags) array text"),
    ]

    /// By templates, `to_char` and its inverses.
    static let formats: [SQLiteFunction] = [
        .scalar("pg_to_char_timestamp", 2, "(timestamp x, text format) NULL for infinities and for an empty format"),
        .scalar("pg_to_char_timestamptz", 3, "(timestamptz x, text format, zone)"),
        .scalar("pg_to_char_interval", 2, "(interval x, text format)"),
        .scalar("pg_to_char_num", 2, "(num x, text format)"),
        .scalar("pg_to_char_int", 2, "(int x, text format)"),
        .scalar("pg_to_char_float", 3, "(float x, text format, bits)"),
        .scalar("pg_to_date", 2, "(text x, text format) date"),
        .scalar("pg_to_timestamp_text", 3, "(text x, text format, zone) timestamptz"),
        .scalar("pg_to_number", 2, "(text x, text format) num"),
    ]
}
