extension SQLiteFunctions {
    /// Fields are PostgreSQL's names in lower case (`epoch`, `dow`, `isodow`, `doy`, `week`, `isoyear`, `quarter`, `microseconds`, …),
    /// an unknown one is 22023, an unsupported one 0A000.
    static let dates: [SQLiteFunction] = [
        .scalar("pg_date_add_days", 2, "(date x, int n) date; infinities stay; 22008"),
        .scalar("pg_date_diff", 2, "(date x, date y) int4 days; 22008 for infinities"),
        .scalar("pg_date_add_time", 2, "(date x, time y) timestamp"),
        .scalar("pg_timestamp_add_interval", 2, "(timestamp x, interval y) months clamped to the month's end, then days, then time"),
        .scalar("pg_timestamp_sub_interval", 2, "(timestamp x, interval y)"),
        .scalar("pg_timestamptz_add_interval", 3, "(timestamptz x, interval y, zone) months and days in local time"),
        .scalar("pg_timestamptz_sub_interval", 3, "(timestamptz x, interval y, zone)"),
        .scalar("pg_timestamp_diff", 2, "(timestamp or timestamptz x, the same y) interval x - y: days and time, no months"),
        .scalar("pg_time_add_interval", 2, "(time x, interval y) time modulo one day"),
        .scalar("pg_time_sub_interval", 2, "(time x, interval y)"),
        .scalar("pg_time_diff", 2, "(time x, time y) interval"),
        .scalar("pg_age", 2, "(timestamp x, timestamp y) interval age(x, y): symbolic years, months, days"),
        .scalar("pg_age_tz", 3, "(timestamptz x, timestamptz y, zone) interval: both as local time"),
        .scalar("pg_date_trunc_timestamp", 2, "(text field, timestamp x) timestamp; field in any case"),
        .scalar("pg_date_trunc_timestamptz", 3, "(text field, timestamptz x, zone) timestamptz"),
        .scalar("pg_date_trunc_interval", 2, "(text field, interval x) interval"),
        .scalar(
            "pg_date_bin", 3, "(interval stride, timestamp or timestamptz x, the same origin); 22008 unless the stride is positive and without months"
        ),
        .scalar("pg_extract_date", 2, "(text field, date x) num as extract() of PostgreSQL 15 gives it, scale included"),
        .scalar(
            "pg_extract_timestamp", 2, "(text field, timestamp x) num: seconds with 6 digits, milliseconds with 3, epoch with 6, others integers"),
        .scalar("pg_extract_timestamptz", 3, "(text field, timestamptz x, zone) num"),
        .scalar("pg_extract_time", 2, "(text field, time x) num"),
        .scalar("pg_extract_interval", 2, "(text field, interval x) num"),
        .scalar("pg_date_part_timestamp", 2, "(text field, timestamp x) float: date_part()"),
        .scalar("pg_date_part_timestamptz", 3, "(text field, timestamptz x, zone) float"),
        .scalar("pg_date_part_time", 2, "(text field, time x) float"),
        .scalar("pg_date_part_interval", 2, "(text field, interval x) float"),
        .scalar("pg_to_timestamp_epoch", 1, "(float seconds) timestamptz: to_timestamp(double precision), rounded as it does"),
        .scalar("pg_make_date", 3, "(int year, int month, int day) date; 22008"),
        .scalar("pg_make_time", 3, "(int hour, int minute, float second) time"),
        .scalar("pg_make_timestamp", 6, "(int year, int month, int day, int hour, int minute, float second) timestamp"),
        .scalar("pg_overlaps", 4, "(timestamp a, timestamp b, timestamp c, timestamp d) bool (a, b) OVERLAPS (c, d), which takes NULLs; also of timestamptz and time"),
        .scalar("pg_is_finite", 1, "(date, timestamp or timestamptz x) bool"),
    ]

    static let intervals: [SQLiteFunction] = [
        .scalar("pg_interval_add", 2, "(interval x, interval y) field by field; 22008"),
        .scalar("pg_interval_sub", 2, "(interval x, interval y)"),
        .scalar("pg_interval_neg", 1, "(interval x)"),
        .scalar("pg_interval_mul", 2, "(interval x, float y) interval_mul: fractions of months spill into days, of days into time"),
        .scalar("pg_interval_div", 2, "(interval x, float y) 22012 if y is 0"),
        .scalar(
            "pg_interval_microseconds", 1, "(interval x) int: microseconds if it has no months and no days, else 0A000; 24 h days are not assumed"),
        .scalar("pg_justify_days", 1, "(interval x)"),
        .scalar("pg_justify_hours", 1, "(interval x)"),
        .scalar("pg_justify_interval", 1, "(interval x)"),
        .scalar("pg_make_interval", 7, "(int years, int months, int weeks, int days, int hours, int mins, float secs) interval"),
    ]
}
