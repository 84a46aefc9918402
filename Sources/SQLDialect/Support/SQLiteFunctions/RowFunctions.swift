extension SQLiteFunctions {
    /// What `json_each` gives as rows: JSON arrays whose elements are texts, nulls and numbers. NULL gives no rows.
    static let rows: [SQLiteFunction] = [
        .scalar("pg_rows_array", 1, "(array x) its elements as texts, row by row"),
        .scalar("pg_rows_json_elements", 2, "(json x, int asText) the elements: as they stand, or as ->> gives them; 22023 if it is no array"),
        .scalar("pg_rows_json_keys", 1, "(json x) the names of an object's members; 22023 if it is none"),
        .scalar("pg_rows_json_each", 2, "(json x, int asText) a text per member that is a JSON array of name and value, as text; 22023"),
        .aggregate("pg_rows_pack", -1, "(values) an array of the values of each row, which may be NULL; without rows NULL"),
        .scalar("pg_row_key", -1, "(values) their text, which tells rows that differ apart; NULLs are values"),
        .scalar("pg_rows_json_records", 2, "(json x, int isSet) the objects of an array, or the one object; 22023 for anything else"),
        .scalar("pg_rows_part", 2, "(array x, int place) a value in such an array, or in one of several functions' elements, as it was"),
        .scalar("pg_rows_zip", -1, "(rows…) side by side what these functions give: arrays of their first elements, of their second …; NULLs where one has ended"),
        .scalar("pg_rows_regexp_matches", 3, "(text x, text pattern, text flags) the groups of each match as the text of an array"),
        .scalar("pg_rows_series_int", 3, "(int start, int stop, int step) 22023 if step is 0; 54000 beyond 1,000,000 elements, here and below"),
        .scalar("pg_rows_series_timestamp", 3, "(timestamp start, timestamp stop, interval step)"),
        .scalar("pg_rows_series_timestamptz", 4, "(timestamptz start, timestamptz stop, interval step, zone)"),
    ]
}
