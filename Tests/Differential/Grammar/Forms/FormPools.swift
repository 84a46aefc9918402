/// Constants for the places where a function reads a pattern, a picture or a name.
enum FormPools {
    static let pools: [String: [String]] = [
        "regex": [
            "'[aeiou]'", "'\\d+'", "'^.'", "'[^a-z]'", "'(a)(b)?'", "'\\s+'", "'[[:alpha:]]+'", "'a|b'", "'^[A-Z]'", "'e$'", "'(.)\\1'", "'\\w{2,3}'",
            "'x*'",
            "'[^@]+$'", "'.*?b'", "'(?i)com'", "'\\m\\w'", "''",
        ],
        "group": ["'(\\w)(\\w)'", "'([^@]+)@(.+)'", "'(\\d+)'", "'^(.)'", "'a(b)?'", "'p+'"],
        "replacement": ["''", "'#'", "'\\1'", "'<\\&>'", "'\\2\\1'", "'é'"],
        "separator": ["','", "'@'", "' '", "'a'", "'-'", "'p'"],
        "similar": ["'a%'", "'%(b|p)%'", "'[a-c]+'", "'_{3}'", "'%e%'", "'(ab|A)%'"],
        "like": ["'a%'", "'%a'", "'%b%'", "'_'", "'A_c'", "'%\\%%'", "'%é%'", "'Comp%'"],
        "momentPicture": [
            "'YYYY-MM'", "'YYYY-MM-DD'", "'Dy'", "'Mon'", "'HH24:MI'", "'IYYY-IW'", "'Q'", "'Day'", "'YYYYMMDD'", "'FMMonth DD, YYYY'",
            "'HH12:MI:SS AM'", "'DDD'",
            "'D ID'", "'WW W'", "'J'", "'CC'", "'YY-FMMM-FMDD'", "'\"week\" IW'", "'MS US'", "'DDth Mon'", "'FMDay, HH24\"h\"'", "'SSSS'",
            "'YYYY-MM-DD\"T\"HH24:MI:SS.US'", "'DY MON RM'",
        ],
        "spanPicture": ["'DD HH24:MI:SS'", "'HH24:MI'", "'YYYY MM DD'", "'FMDD FMHH24'", "'MI:SS.MS'"],
        "numberPicture": [
            "'FM999990.00'", "'FM000'", "'999,999.9'", "'S999'", "'9.99EEEE'", "'FM9999999990.0999'", "'0000'", "'99999MI'", "'PR999'",
            "'FM999,999,990'", "'L999D99'", "'999.99%'", "'RN'",
            "'999PR'", "'9G999D9'",
        ],
        "path": ["'{a}'", "'{n,z}'", "'{tags,0}'", "'{tags,-1}'", "'{0}'", "'{1,a}'", "'{none}'", "'{}'"],
        "name": ["'a'", "'b'", "'tags'", "'n'", "'none'", "'z'"],
        "document": ["'{\"a\": 1}'", "'{}'", "'[1]'", "'{\"tags\": [\"a\"]}'", "'{\"x\": null}'", "'[\"a\", \"b\"]'", "'1'", "'\"a\"'"],
        "fraction": ["0.5", "0.9", "0.25", "0", "1", "0.333"],
        "fractions": ["ARRAY[0.25, 0.5, 0.75]", "ARRAY[0.9, 0.1]", "'{0.5,NULL,1}'::float8[]", "ARRAY[0.5]"],
        "field": [
            "year", "month", "day", "hour", "minute", "second", "dow", "isodow", "doy", "week", "quarter", "isoyear", "epoch", "decade", "century",
            "milliseconds", "microseconds", "julian",
        ],
        "dayField": ["year", "month", "day", "dow", "isodow", "doy", "week", "quarter", "isoyear", "epoch", "decade", "century"],
        "clockField": ["hour", "minute", "second", "epoch", "milliseconds"],
        "spanField": ["year", "month", "day", "hour", "minute", "second", "epoch"],
        "unit": ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "decade", "milliseconds"],
        "zone": ["'UTC'", "'Europe/Stockholm'", "'America/New_York'", "'Asia/Kolkata'"],
        "labels": ["'{a,b,abc}'", "'{}'::text[]"],
        "order": ["", "", " DESC", " DESC NULLS LAST", " NULLS FIRST"],
        "dayText": ["'2024-01-31'", "'2023-12-1'", "'2024-02-29'"],
        "comparison": ["=", "=", "<>", "<", ">", "<=", ">="],
    ]
}
