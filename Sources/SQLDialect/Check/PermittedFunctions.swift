/// The built-in functions that a query may call, by name: pure functions of their arguments, and of the transaction's time.
///
/// What is not here is refused. Left out on purpose: everything that reads or changes the server, its files, its settings, its catalogs or
/// other sessions; everything that runs SQL given as text (`query_to_xml`, `ts_stat`); xml.
enum PermittedFunctions {
    static let all = Set([numbers, text, dates, documents, arrays, aggregates, windows, casts, comparing, textSearch, network].flatMap { words($0) })

    /// Harmless, but with another answer at every call: a query with one of them is saved for training and not servable.
    static let trainingOnly = Set(
        words(
            """
            random clock_timestamp statement_timestamp timeofday gen_random_uuid
            """))

    static func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    /// Numbers and bits.
    private static let numbers = """
        abs cbrt ceil ceiling degrees div exp factorial floor gcd lcm ln log log10 min_scale mod pi pow power radians round scale sign sqrt
        trim_scale trunc width_bucket acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cos cosd cosh cot cotd sin sind sinh tan
        tand tanh bit_count get_bit set_bit get_byte set_byte
        """

    /// Text, patterns, hashes and encodings.
    private static let text = """
        ascii bit_length btrim char_length character_length chr concat concat_ws convert convert_from convert_to decode encode format hashtext initcap
        is_normalized left length like lower lpad ltrim md5 normalize notlike octet_length overlay parse_ident position quote_ident quote_literal
        quote_nullable regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
        regexp_split_to_table regexp_substr repeat replace reverse right rpad rtrim sha224 sha256 sha384 sha512 similar_escape similar_to_escape
        like_escape split_part starts_with string_to_array string_to_table strpos substr substring to_ascii to_hex translate unistr upper
        """

    /// Dates and times. `now` and `transaction_timestamp` stand still within a transaction.
    private static let dates = """
        age date_bin date_part date_trunc extract isfinite justify_days justify_hours justify_interval make_date make_interval make_time
        make_timestamp make_timestamptz now overlaps timezone to_char to_date to_number to_timestamp transaction_timestamp
        """

    /// json and jsonb.
    private static let documents = """
        array_to_json json_array_element json_array_element_text json_array_elements json_array_elements_text json_array_length json_build_array
        json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object json_object_keys json_populate_record
        json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof jsonb_array_elements jsonb_array_elements_text
        jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat jsonb_contained jsonb_contains jsonb_delete jsonb_each
        jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
        jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array
        jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record
        jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof
        row_to_json to_json to_jsonb
        """

    /// Arrays, ranges and what makes rows of them.
    private static let arrays = """
        array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position array_positions array_prepend
        array_remove array_replace array_to_string array_upper cardinality trim_array unnest generate_series generate_subscripts isempty lower_inc
        lower_inf upper_inc upper_inf range_merge int4range int8range numrange daterange tsrange tstzrange multirange int4multirange
        int8multirange nummultirange datemultirange tsmultirange tstzmultirange
        """

    /// Aggregates and ordered-set aggregates.
    private static let aggregates = """
        array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every json_agg json_object_agg jsonb_agg
        jsonb_object_agg max min mode percentile_cont percentile_disc range_agg range_intersect_agg regr_avgx regr_avgy regr_count regr_intercept
        regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance
        """

    /// Window functions.
    private static let windows = """
        cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
        """

    /// Casts written as a call, e.g. `date(x)`.
    private static let casts = """
        bool bpchar date float4 float8 int2 int4 int8 interval numeric text time timestamp timestamptz timetz varchar
        """

    /// Over any number of arguments.
    private static let comparing = """
        num_nonnulls num_nulls
        """

    /// Full-text search. `ts_stat` and `ts_rewrite` are not here: they run SQL that they are given as text.
    private static let textSearch = """
        array_to_tsvector numnode phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery to_tsvector ts_delete ts_filter
        ts_headline ts_rank ts_rank_cd tsvector_to_array websearch_to_tsquery
        """

    /// inet and cidr.
    private static let network = """
        abbrev broadcast family host hostmask masklen netmask network
        """
}
