extension SQLiteFunctions {
    /// Casts: from and to in the name. To text is the type's output function, from text its input function (22P02, or 22007 and 22008
    /// for dates and times, with PostgreSQL's message; surrounding blanks are accepted where PostgreSQL accepts them).
    static let casts: [SQLiteFunction] = [
        .scalar("pg_cast_text_int", 2, "(text x, bits) int2in/int4in/int8in; 22P02, 22003"),
        .scalar("pg_cast_text_num", 1, "(text x) num: numeric_in"),
        .scalar("pg_cast_text_float", 2, "(text x, bits) float8in, or float4in for 32; a NaN is 22003"),
        .scalar("pg_cast_text_bool", 1, "(text x) boolin: t, true, y, yes, on, 1 and their unique prefixes, any case"),
        .scalar("pg_cast_text_date", 1, "(text x) date_in under DateStyle ISO, MDY; not the words now, today, tomorrow, yesterday (22007)"),
        .scalar("pg_cast_text_time", 2, "(text x, int digits or -1) time_in, rounded to that many digits of seconds"),
        .scalar("pg_cast_text_timestamp", 2, "(text x, int digits or -1) timestamp_in"),
        .scalar("pg_cast_text_timestamptz", 3, "(text x, int digits or -1, zone) timestamptz_in; zone applies where x names none"),
        .scalar("pg_cast_text_interval", 1, "(text x) interval: interval_in, printed again"),
        .scalar("pg_cast_text_uuid", 1, "(text x) uuid_in, printed again in lower case with hyphens"),
        .scalar("pg_cast_text_json", 1, "(text x) x if it is valid JSON, else 22P02"),
        .scalar("pg_cast_text_jsonb", 1, "(text x) jsonb_in, printed as jsonb_out prints it"),
        .scalar("pg_cast_text_varchar", 2, "(text x, int n) the explicit cast to varchar(n): the first n characters"),
        .scalar("pg_cast_text_bytea", 1, "(text x) BLOB: byteain, hex and escape formats"),
        .scalar("pg_cast_bytea_text", 1, "(BLOB x) text: \\x and hex digits"),
        .scalar("pg_cast_bool_text", 1, "(bool x) 'true' or 'false'"),
        .scalar("pg_cast_num_int", 2, "(num x, bits) rounded half away from 0; 22003; NaN and infinity 0A000 as PostgreSQL says"),
        .scalar("pg_cast_scaled_int", 3, "(scaled x, int scale, bits) the same from scaled"),
        .scalar("pg_cast_num_float", 2, "(num x, bits) float: the nearest double (or float4 for 32) of the decimal digits; 22003; NaN is 22003"),
        .scalar(
            "pg_cast_scaled_float", 3,
            "(scaled x, int scale, bits) float: the nearest double of x / 10^scale, never by double division where that rounds twice"),
        .scalar("pg_cast_float_int", 2, "(float x, bits) rint (half to even); 22003"),
        .scalar(
            "pg_cast_float_num", 2, "(float x, bits) num: float8_numeric, 15 significant digits, or float4_numeric with 6 for 32; infinities stay"),
        .scalar("pg_cast_float_float4", 1, "(float x) rounded to float4 and widened; 22003 on overflow and underflow"),
        .scalar(
            "pg_cast_float_text", 2, "(float x, bits) the shortest text that reads back (extra_float_digits 1), as float8out or float4out for 32"),
        .scalar("pg_cast_int_float4", 1, "(int x) the nearest float4, widened"),
        .scalar("pg_cast_date_text", 1, "(date x) ISO"),
        .scalar("pg_cast_time_text", 1, "(time x)"),
        .scalar("pg_cast_timestamp_text", 1, "(timestamp x) ISO, fraction without trailing zeros"),
        .scalar("pg_cast_timestamptz_text", 2, "(timestamptz x, zone) ISO with the offset in zone"),
        .scalar("pg_cast_date_timestamp", 1, "(date x) timestamp: midnight; 22008 if out of range; infinities stay"),
        .scalar("pg_cast_date_timestamptz", 2, "(date x, zone) midnight there"),
        .scalar("pg_cast_timestamp_date", 1, "(timestamp x) date, rounded down"),
        .scalar("pg_cast_timestamp_time", 1, "(timestamp x) time of day; NULL for infinities"),
        .scalar(
            "pg_cast_timestamp_timestamptz", 2, "(timestamp x, zone) as local time in zone; PostgreSQL's choice where it is ambiguous or missing"),
        .scalar("pg_cast_timestamptz_timestamp", 2, "(timestamptz x, zone) local time in zone"),
        .scalar("pg_cast_timestamptz_date", 2, "(timestamptz x, zone) local date in zone"),
        .scalar("pg_cast_timestamptz_time", 2, "(timestamptz x, zone) local time of day in zone; NULL for infinities"),
        .scalar("pg_cast_time_interval", 1, "(time x) interval"),
        .scalar("pg_cast_interval_time", 1, "(interval x) time: the time part modulo one day"),
        .scalar(
            "pg_timestamp_precision", 2,
            "(timestamp or timestamptz x, int digits) rounded to that many digits of seconds as AdjustTimestampForTypmod does"),
        .scalar("pg_time_precision", 2, "(time x, int digits) rounded to that many digits of seconds"),
        .scalar("pg_interval_precision", 2, "(interval x, int digits) seconds rounded to that many digits"),
    ]
}
