extension SQLiteFunctions {
    /// A json is the text as it was given, a jsonb as `jsonb_out` prints it (keys in its order, numbers as written).
    static let json: [SQLiteFunction] = [
        .scalar("pg_json_field", 2, "(json or jsonb x, text key) x -> key, NULL if absent or no object; the part's text as it stands in x"),
        .scalar("pg_json_field_text", 2, "(json or jsonb x, text key) x ->> key: strings unescaped, others as written, JSON null as NULL"),
        .scalar("pg_json_element", 2, "(json x, int n) x -> n from 0, negative from the end"),
        .scalar("pg_json_element_text", 2, "(json x, int n) x ->> n"),
        .scalar("pg_jsonb_element", 2, "(jsonb x, int n) x -> n, a scalar being the one element of an array"),
        .scalar("pg_jsonb_element_text", 2, "(jsonb x, int n) x ->> n, likewise"),
        .scalar("pg_json_path", 2, "(json or jsonb x, text[] path as array text) x #> path"),
        .scalar("pg_json_path_text", 2, "(json or jsonb x, text[] path as array text) x #>> path"),
        .scalar("pg_json_typeof", 1, "(json or jsonb x) object, array, string, number, boolean or null"),
        .scalar("pg_json_array_length", 1, "(json or jsonb x) int4; 22023 if it is no array"),
        .scalar("pg_jsonb_contains", 2, "(jsonb x, jsonb y) bool x @> y"),
        .scalar("pg_jsonb_exists", 2, "(jsonb x, text key) bool x ? key"),
        .scalar("pg_jsonb_exists_any", 2, "(jsonb x, text[] keys) bool x ?| keys"),
        .scalar("pg_jsonb_exists_all", 2, "(jsonb x, text[] keys) bool x ?& keys"),
        .scalar("pg_jsonb_equal", 2, "(jsonb x, jsonb y) bool: as jsonb compares, 1 and 1.0 equal"),
        .scalar("pg_jsonb_concat", 2, "(jsonb x, jsonb y) jsonb x || y"),
        .scalar("pg_jsonb_delete", 2, "(jsonb x, text key) jsonb x - key"),
        .scalar("pg_jsonb_delete_element", 2, "(jsonb x, int n) jsonb x - n"),
        .scalar("pg_jsonb_bool", 1, "(jsonb x) bool: the cast; NULL for JSON null is 22023 as in PostgreSQL 15"),
        .scalar("pg_jsonb_num", 1, "(jsonb x) num: the cast; 22023 if it is no number"),
        .scalar("pg_jsonb_int", 2, "(jsonb x, bits) int: the cast; 22023, 22003"),
        .scalar("pg_jsonb_float", 2, "(jsonb x, bits) float: the cast; 22023"),
        .scalar("pg_jsonb_strip_nulls", 1, "(jsonb x) jsonb"),
        .scalar("pg_jsonb_set", 4, "(jsonb x, text[] path, jsonb value, bool create) jsonb"),
        .scalar("pg_json_quote", 1, "(text x) the JSON string"),
        .scalar("pg_json_number", 1, "(text x) a number's text, quoted if it is none in JSON"),
        .scalar("pg_json_timestamp", 1, "(timestamp x) the JSON string, with a T"),
        .scalar("pg_json_timestamptz", 2, "(timestamptz x, zone) the JSON string, with a T"),
        .scalar("pg_json_array", 2, "(array x, text form) JSON array: form 'v' elements as they are, 'b' booleans, 't' strings"),
        .scalar("pg_json_build_object", -1, "(text name, text json or NULL, …) json '{\"a\" : 1}'; 22023 for a NULL name"),
        .scalar("pg_json_row", -1, "(text name, text json or NULL, …) json '{\"a\":1}'"),
        .scalar("pg_json_build_array", -1, "(text json or NULL, …) json '[1, 2]'"),
    ]

    /// An array is its text as PostgreSQL prints it, e.g. `{1,NULL,"a b"}`; elements are compared as their texts, which is right for
    /// every element type but numeric, float, interval, json and char(n), for which these are not called.
    static let arrays: [SQLiteFunction] = [
        .scalar("pg_array_make", -1, "(text…) array text of elements already printed as text; NULL gives NULL the element; never NULL"),
        .scalar(
            "pg_array_any", 2,
            "(text x, array y) bool x = ANY (y) with SQL's three values: NULL if x is NULL and y not empty, "
                + "or not found among elements of which one is NULL"
        ),
        .scalar("pg_array_all_different", 2, "(text x, array y) bool x <> ALL (y), three values likewise"),
        .scalar("pg_array_cardinality", 1, "(array x) int4"),
        .scalar("pg_array_length", 2, "(array x, int dimension) int4; NULL for an empty array or a missing dimension"),
        .scalar("pg_array_upper", 2, "(array x, int dimension) int4"),
        .scalar("pg_array_lower", 2, "(array x, int dimension) int4"),
        .scalar("pg_array_element", 2, "(array x, int n) the element's text, 1-based (or by the bounds printed); NULL if outside"),
        .scalar("pg_array_slice", 3, "(array x, int from or NULL, int to or NULL) array from 1; NULL is that end of x"),
        .scalar("pg_array_contains", 2, "(array x, array y) bool x @> y"),
        .scalar("pg_array_overlaps", 2, "(array x, array y) bool x && y"),
        .scalar("pg_enum_rank", 2, "(text x, array labels) int: the place of x among an enum's values"),
        .scalar("pg_array_concat", 2, "(array x, array y) x || y; a NULL side gives the other"),
        .scalar("pg_array_append", 2, "(array x or NULL, text element or NULL) array"),
        .scalar("pg_array_prepend", 2, "(text element or NULL, array x or NULL) array"),
        .scalar("pg_array_remove", 2, "(array x, text element or NULL) array"),
        .scalar("pg_array_position", 2, "(array x, text element or NULL) int4; NULL if absent"),
        .scalar("pg_array_to_string", 2, "(array x, text delimiter) text; NULL elements are passed over"),
        .scalar("pg_array_to_string", 3, "(array x, text delimiter, text null) text; a NULL third argument is as if absent"),
        .scalar("pg_string_to_array", 2, "(text x, text delimiter or NULL) array text; '' gives {}; NULL delimiter splits into characters"),
    ]
}
