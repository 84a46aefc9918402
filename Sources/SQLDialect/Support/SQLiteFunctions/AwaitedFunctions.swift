extension SQLiteFunctions {
    /// Specified, and not registered by the store yet: what needs one of these is an obstacle until it moves to its subject's list.
    ///
    /// Regular expressions are PostgreSQL's ARE dialect; a construct that the implementation cannot honour exactly is an error 0A000,
    /// never another meaning.
    static let awaited: [SQLiteFunction] = [
        .scalar("pg_to_char_timestamp", 2, "(timestamp x, text format) NULL for infinities and for an empty format"),
        .scalar("pg_to_char_timestamptz", 3, "(timestamptz x, text format, zone)"),
        .scalar("pg_to_char_interval", 2, "(interval x, text format)"),
        .scalar("pg_to_char_num", 2, "(num x, text format)"),
        .scalar("pg_to_char_int", 2, "(int x, text format)"),
        .scalar("pg_to_char_float", 3, "(float x, text format, bits)"),
        .scalar("pg_to_date", 2, "(text x, text format) date"),
        .scalar("pg_to_timestamp_text", 3, "(text x, text format, zone) timestamptz"),
        .scalar("pg_to_number", 2, "(text x, text format) num"),
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
}
