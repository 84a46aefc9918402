extension SupportTable {
    static let functionLines = """
        abs(int2) int2 = pg_int_abs($1, 16)
        abs(int4) int4 = pg_int_abs($1, 32)
        abs(int8) int8 = pg_int_abs($1, 64)
        abs(float4) float4 = pg_float_abs($1)
        abs(float8) float8 = pg_float_abs($1)
        abs(numeric) numeric = @numericAbs
        mod(int2, int2) int2 = pg_int_mod($1, $2)
        mod(int4, int4) int4 = pg_int_mod($1, $2)
        mod(int8, int8) int8 = pg_int_mod($1, $2)
        mod(numeric, numeric) numeric = pg_num_mod($1, $2)
        div(numeric, numeric) numeric = pg_num_div_trunc($1, $2)
        gcd(int4, int4) int4 = pg_int_gcd($1, $2, 32)
        gcd(int8, int8) int8 = pg_int_gcd($1, $2, 64)
        gcd(numeric, numeric) numeric = pg_num_gcd($1, $2)
        lcm(int4, int4) int4 = pg_int_lcm($1, $2, 32)
        lcm(int8, int8) int8 = pg_int_lcm($1, $2, 64)
        lcm(numeric, numeric) numeric = pg_num_lcm($1, $2)
        factorial(int8) numeric = pg_num_factorial($1)
        round(numeric) numeric = @numericRound
        round(numeric, int4) numeric = @numericRound
        round(float8) float8 = pg_float_round($1)
        trunc(numeric) numeric = @numericTrunc
        trunc(numeric, int4) numeric = @numericTrunc
        trunc(float8) float8 = pg_float_trunc($1)
        ceil(numeric) numeric = @numericCeil
        ceil(float8) float8 = pg_float_ceil($1)
        ceiling(numeric) numeric = @numericCeil
        ceiling(float8) float8 = pg_float_ceil($1)
        floor(numeric) numeric = @numericFloor
        floor(float8) float8 = pg_float_floor($1)
        sign(numeric) numeric = pg_num_sign($1)
        sign(float8) float8 = pg_float_sign($1)
        sqrt(numeric) numeric = pg_num_sqrt($1)
        sqrt(float8) float8 = pg_float_sqrt($1)
        cbrt(float8) float8 = pg_float_cbrt($1)
        exp(numeric) numeric = pg_num_exp($1)
        exp(float8) float8 = pg_float_exp($1)
        ln(numeric) numeric = pg_num_ln($1)
        ln(float8) float8 = pg_float_ln($1)
        log(numeric) numeric = pg_num_log10($1)
        log(float8) float8 = pg_float_log10($1)
        log10(numeric) numeric = pg_num_log10($1)
        log10(float8) float8 = pg_float_log10($1)
        log(numeric, numeric) numeric = pg_num_log($1, $2)
        power(numeric, numeric) numeric = pg_num_power($1, $2)
        power(float8, float8) float8 = pg_float_power($1, $2)
        pow(numeric, numeric) numeric = pg_num_power($1, $2)
        pow(float8, float8) float8 = pg_float_power($1, $2)
        sin(float8) float8 = pg_float_sin($1)
        cos(float8) float8 = pg_float_cos($1)
        tan(float8) float8 = pg_float_tan($1)
        asin(float8) float8 = pg_float_asin($1)
        acos(float8) float8 = pg_float_acos($1)
        atan(float8) float8 = pg_float_atan($1)
        atan2(float8, float8) float8 = pg_float_atan2($1, $2)
        degrees(float8) float8 = pg_float_degrees($1)
        radians(float8) float8 = pg_float_radians($1)
        pi() float8 = pg_float_bits(4614256656552045848) !
        scale(numeric) int4 = pg_num_scale($1) ?
        min_scale(numeric) int4 = pg_num_min_scale($1) ?
        trim_scale(numeric) numeric = pg_num_trim_scale($1)
        width_bucket(float8, float8, float8, int4) int4 = pg_float_width_bucket($1, $2, $3, $4)
        width_bucket(numeric, numeric, numeric, int4) int4 = pg_num_width_bucket($1, $2, $3, $4)
        lower(text) text = pg_lower($1)
        upper(text) text = pg_upper($1)
        initcap(text) text = pg_initcap($1)
        length(text) int4 = pg_length($1)
        char_length(text) int4 = pg_length($1)
        character_length(text) int4 = pg_length($1)
        length(bpchar) int4 = pg_length(pg_rtrim($1, ' '))
        char_length(bpchar) int4 = pg_length(pg_rtrim($1, ' '))
        character_length(bpchar) int4 = pg_length(pg_rtrim($1, ' '))
        octet_length(bpchar) int4 = pg_octet_length($1)
        octet_length(text) int4 = pg_octet_length($1)
        octet_length(bytea) int4 = pg_octet_length($1)
        length(bytea) int4 = pg_octet_length($1)
        bit_length(text) int4 = pg_bit_length($1)
        textcat(text, text) text = concat($1, $2)
        substring(text, int4) text = pg_substr($1, $2)
        substring(text, int4, int4) text = pg_substr($1, $2, $3)
        substring(text, text) text = pg_substring_regex($1, $2) ?
        substr(text, int4) text = pg_substr($1, $2)
        substr(text, int4, int4) text = pg_substr($1, $2, $3)
        left(text, int4) text = pg_left($1, $2)
        right(text, int4) text = pg_right($1, $2)
        lpad(text, int4) text = pg_lpad($1, $2, ' ')
        lpad(text, int4, text) text = pg_lpad($1, $2, $3)
        rpad(text, int4) text = pg_rpad($1, $2, ' ')
        rpad(text, int4, text) text = pg_rpad($1, $2, $3)
        btrim(text) text = pg_btrim($1, ' ')
        btrim(text, text) text = pg_btrim($1, $2)
        ltrim(text) text = pg_ltrim($1, ' ')
        ltrim(text, text) text = pg_ltrim($1, $2)
        rtrim(text) text = pg_rtrim($1, ' ')
        rtrim(text, text) text = pg_rtrim($1, $2)
        replace(text, text, text) text = pg_replace($1, $2, $3)
        translate(text, text, text) text = pg_translate($1, $2, $3)
        repeat(text, int4) text = pg_repeat($1, $2)
        reverse(text) text = pg_reverse($1)
        position(text, text) int4 = pg_position($1, $2)
        strpos(text, text) int4 = pg_position($1, $2)
        split_part(text, text, int4) text = pg_split_part($1, $2, $3)
        starts_with(text, text) bool = pg_starts_with($1, $2)
        ascii(text) int4 = pg_ascii($1)
        chr(int4) text = pg_chr($1)
        md5(text) text = pg_md5($1)
        md5(bytea) text = pg_md5($1)
        sha256(bytea) bytea = pg_sha256($1)
        to_hex(int4) text = pg_to_hex($1, 32)
        to_hex(int8) text = pg_to_hex($1, 64)
        encode(bytea, text) text = pg_encode($1, $2)
        decode(text, text) bytea = pg_decode($1, $2)
        overlay(text, text, int4) text = concat(concat(pg_substr($1, 1, pg_int_sub($3, 1, 32)), $2), pg_substr($1, pg_int_add($3, pg_length($2), 32)))
        overlay(text, text, int4, int4) text = concat(concat(pg_substr($1, 1, pg_int_sub($3, 1, 32)), $2), pg_substr($1, pg_int_add($3, $4, 32)))
        quote_literal(text) text = pg_quote_literal($1)
        quote_ident(text) text = pg_quote_ident($1)
        like(text, text) bool = @like
        notlike(text, text) bool = @notLike
        similar_to_escape(text) text = pg_similar_pattern($1, '\\')
        similar_to_escape(text, text) text = pg_similar_pattern($1, $2)
        regexp_replace(text, text, text) text = pg_regexp_replace($1, $2, $3, '')
        regexp_replace(text, text, text, text) text = pg_regexp_replace($1, $2, $3, $4)
        regexp_substr(text, text) text = pg_regexp_substr($1, $2, 1, 1, '') ?
        regexp_substr(text, text, int4) text = pg_regexp_substr($1, $2, $3, 1, '') ?
        regexp_substr(text, text, int4, int4) text = pg_regexp_substr($1, $2, $3, $4, '') ?
        regexp_substr(text, text, int4, int4, text) text = pg_regexp_substr($1, $2, $3, $4, $5) ?
        regexp_count(text, text) int4 = pg_regexp_count($1, $2, 1, '')
        regexp_count(text, text, int4) int4 = pg_regexp_count($1, $2, $3, '')
        regexp_count(text, text, int4, text) int4 = pg_regexp_count($1, $2, $3, $4)
        regexp_like(text, text) bool = pg_regexp_like($1, $2, '')
        regexp_like(text, text, text) bool = pg_regexp_like($1, $2, $3)
        regexp_instr(text, text) int4 = pg_regexp_instr($1, $2, 1, 1, 0, '')
        regexp_instr(text, text, int4) int4 = pg_regexp_instr($1, $2, $3, 1, 0, '')
        regexp_instr(text, text, int4, int4) int4 = pg_regexp_instr($1, $2, $3, $4, 0, '')
        regexp_instr(text, text, int4, int4, int4) int4 = pg_regexp_instr($1, $2, $3, $4, $5, '')
        regexp_instr(text, text, int4, int4, int4, text) int4 = pg_regexp_instr($1, $2, $3, $4, $5, $6)
        regexp_match(text, text) text[] = pg_regexp_match($1, $2, '') ?
        regexp_match(text, text, text) text[] = pg_regexp_match($1, $2, $3) ?
        regexp_split_to_array(text, text) text[] = pg_regexp_split_to_array($1, $2, '')
        regexp_split_to_array(text, text, text) text[] = pg_regexp_split_to_array($1, $2, $3)
        """ + "\n" + timeFunctionLines + "\n" + documentFunctionLines

    private static let timeFunctionLines = """
        extract(text, date) numeric = pg_extract_date($1, $2) ?
        extract(text, timestamp) numeric = pg_extract_timestamp($1, $2) ?
        extract(text, timestamptz) numeric = pg_extract_timestamptz($1, $2, zone) ?
        extract(text, time) numeric = pg_extract_time($1, $2) ?
        extract(text, interval) numeric = pg_extract_interval($1, $2) ?
        date_part(text, date) float8 = pg_date_part_timestamp($1, pg_cast_date_timestamp($2)) ?
        date_part(text, timestamp) float8 = pg_date_part_timestamp($1, $2) ?
        date_part(text, timestamptz) float8 = pg_date_part_timestamptz($1, $2, zone) ?
        date_part(text, time) float8 = pg_date_part_time($1, $2) ?
        date_part(text, interval) float8 = pg_date_part_interval($1, $2) ?
        date_trunc(text, timestamp) timestamp = pg_date_trunc_timestamp($1, $2)
        date_trunc(text, timestamptz) timestamptz = pg_date_trunc_timestamptz($1, $2, zone)
        date_trunc(text, timestamptz, text) timestamptz = pg_date_trunc_timestamptz($1, $2, $3)
        date_trunc(text, interval) interval = pg_date_trunc_interval($1, $2)
        date_bin(interval, timestamp, timestamp) timestamp = pg_date_bin($1, $2, $3)
        date_bin(interval, timestamptz, timestamptz) timestamptz = pg_date_bin($1, $2, $3)
        age(timestamp, timestamp) interval = pg_age($1, $2)
        age(timestamptz, timestamptz) interval = pg_age_tz($1, $2, zone)
        timezone(text, timestamp) timestamptz = pg_cast_timestamp_timestamptz($2, $1)
        timezone(text, timestamptz) timestamp = pg_cast_timestamptz_timestamp($2, $1)
        to_timestamp(float8) timestamptz = pg_to_timestamp_epoch($1)
        to_timestamp(text, text) timestamptz = pg_to_timestamp_text($1, $2, zone)
        to_date(text, text) date = pg_to_date($1, $2)
        to_number(text, text) numeric = pg_to_number($1, $2) ?
        to_char(timestamp, text) text = pg_to_char_timestamp($1, $2) ?
        to_char(timestamptz, text) text = pg_to_char_timestamptz($1, $2, zone) ?
        to_char(interval, text) text = pg_to_char_interval($1, $2) ?
        to_char(numeric, text) text = pg_to_char_num($1, $2)
        to_char(int4, text) text = pg_to_char_int($1, $2)
        to_char(int8, text) text = pg_to_char_int($1, $2)
        to_char(float4, text) text = pg_to_char_float($1, $2, 32)
        to_char(float8, text) text = pg_to_char_float($1, $2, 64)
        make_date(int4, int4, int4) date = pg_make_date($1, $2, $3)
        make_time(int4, int4, float8) time = pg_make_time($1, $2, $3)
        make_timestamp(int4, int4, int4, int4, int4, float8) timestamp = pg_make_timestamp($1, $2, $3, $4, $5, $6)
        make_interval(int4, int4, int4, int4, int4, int4, float8) interval = pg_make_interval($1, $2, $3, $4, $5, $6, $7)
        justify_days(interval) interval = pg_justify_days($1)
        justify_hours(interval) interval = pg_justify_hours($1)
        justify_interval(interval) interval = pg_justify_interval($1)
        isfinite(date) bool = pg_is_finite($1)
        isfinite(timestamp) bool = pg_is_finite($1)
        isfinite(timestamptz) bool = pg_is_finite($1)
        """

    private static let documentFunctionLines = """
        json_typeof(json) text = pg_json_typeof($1)
        jsonb_typeof(jsonb) text = pg_json_typeof($1)
        json_array_length(json) int4 = pg_json_array_length($1)
        jsonb_array_length(jsonb) int4 = pg_json_array_length($1)
        jsonb_set(jsonb, text[], jsonb) jsonb = pg_jsonb_set($1, $2, $3, 1)
        jsonb_set(jsonb, text[], jsonb, bool) jsonb = pg_jsonb_set($1, $2, $3, $4)
        jsonb_strip_nulls(jsonb) jsonb = pg_jsonb_strip_nulls($1)
        string_to_array(text, text) text[] = pg_string_to_array($1, $2) ?
        """ + "\n" + arrayFunctionLines

    /// Elements are compared for the types whose values are equal exactly when their texts are; they are counted for more.
    private static var arrayFunctionLines: String {
        let plain = ["text", "varchar", "int2", "int4", "int8", "uuid", "date", "bool"]
        let others = ["numeric", "float4", "float8", "bpchar", "time", "timestamp", "timestamptz", "interval", "json", "jsonb"]
        return (plain + others).map { type in
            """
            cardinality(\(type)[]) int4 = pg_array_cardinality($1)
            array_length(\(type)[], int4) int4 = pg_array_length($1, $2) ?
            array_upper(\(type)[], int4) int4 = pg_array_upper($1, $2) ?
            array_lower(\(type)[], int4) int4 = pg_array_lower($1, $2) ?
            """
        }.joined(separator: "\n") + "\n" + plain.map { type in
            """
            array_to_string(\(type)[], text) text = pg_array_to_string($1, $2)
            array_to_string(\(type)[], text, text) text = pg_array_to_string($1, $2, $3) ?
            """
        }.joined(separator: "\n")
            + "\n" + """
                array_position(text[], text) int4 = pg_array_position($1, $2) ?
                array_append(text[], text) text[] = pg_array_append($1, $2) ?
                array_remove(text[], text) text[] = pg_array_remove($1, $2) ?
                array_prepend(text, text[]) text[] = pg_array_prepend($1, $2) ?
                array_cat(text[], text[]) text[] = pg_array_concat($1, $2) ?
                """ + "\n" + ["int4", "int8"].map { type in
                """
                array_position(\(type)[], \(type)) int4 = pg_array_position($1, digits($2)) ?
                array_append(\(type)[], \(type)) \(type)[] = pg_array_append($1, digits($2)) ?
                array_prepend(\(type), \(type)[]) \(type)[] = pg_array_prepend(digits($1), $2) ?
                array_remove(\(type)[], \(type)) \(type)[] = pg_array_remove($1, digits($2)) ?
                array_cat(\(type)[], \(type)[]) \(type)[] = pg_array_concat($1, $2) ?
                """
            }.joined(separator: "\n") + "\n" + """
                """
    }
}
