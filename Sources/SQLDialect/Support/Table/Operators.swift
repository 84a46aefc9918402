extension SupportTable {
    /// Comparisons are not here: see ``Comparability``.
    static let operatorLines =
        integerOperatorLines + """
            +(float8, float8) float8 = pg_float_add($1, $2, 64)
            -(float8, float8) float8 = pg_float_sub($1, $2, 64)
            *(float8, float8) float8 = pg_float_mul($1, $2, 64)
            /(float8, float8) float8 = pg_float_div($1, $2, 64)
            +(float4, float4) float4 = pg_float_add($1, $2, 32)
            -(float4, float4) float4 = pg_float_sub($1, $2, 32)
            *(float4, float4) float4 = pg_float_mul($1, $2, 32)
            /(float4, float4) float4 = pg_float_div($1, $2, 32)
            +(float4, float8) float8 = pg_float_add($1, $2, 64)
            -(float4, float8) float8 = pg_float_sub($1, $2, 64)
            *(float4, float8) float8 = pg_float_mul($1, $2, 64)
            /(float4, float8) float8 = pg_float_div($1, $2, 64)
            +(float8, float4) float8 = pg_float_add($1, $2, 64)
            -(float8, float4) float8 = pg_float_sub($1, $2, 64)
            *(float8, float4) float8 = pg_float_mul($1, $2, 64)
            /(float8, float4) float8 = pg_float_div($1, $2, 64)
            -(float8) float8 = pg_float_neg($1)
            -(float4) float4 = pg_float_neg($1)
            +(float8) float8 = $1
            +(float4) float4 = $1
            @(float8) float8 = pg_float_abs($1)
            @(float4) float4 = pg_float_abs($1)
            ^(float8, float8) float8 = pg_float_power($1, $2)
            |/(float8) float8 = pg_float_sqrt($1)
            ||/(float8) float8 = pg_float_cbrt($1)
            +(numeric, numeric) numeric = @numericAdd
            -(numeric, numeric) numeric = @numericSubtract
            *(numeric, numeric) numeric = @numericMultiply
            /(numeric, numeric) numeric = pg_num_div($1, $2)
            %(numeric, numeric) numeric = pg_num_mod($1, $2)
            ^(numeric, numeric) numeric = pg_num_power($1, $2)
            -(numeric) numeric = @numericNegate
            +(numeric) numeric = $1
            @(numeric) numeric = @numericAbs
            ||(text, text) text = concat($1, $2)
            ~~(text, text) bool = @like
            !~~(text, text) bool = @notLike
            ~~*(text, text) bool = @ilike
            !~~*(text, text) bool = @notIlike
            ~~(bpchar, text) bool = @like
            !~~(bpchar, text) bool = @notLike
            ~~*(bpchar, text) bool = @ilike
            !~~*(bpchar, text) bool = @notIlike
            ~(bpchar, text) bool = pg_regex_match($1, $2, 0)
            ~*(bpchar, text) bool = pg_regex_match($1, $2, 1)
            !~(bpchar, text) bool = not(pg_regex_match($1, $2, 0))
            !~*(bpchar, text) bool = not(pg_regex_match($1, $2, 1))
            ~(text, text) bool = pg_regex_match($1, $2, 0)
            ~*(text, text) bool = pg_regex_match($1, $2, 1)
            !~(text, text) bool = not(pg_regex_match($1, $2, 0))
            !~*(text, text) bool = not(pg_regex_match($1, $2, 1))
            ^@(text, text) bool = pg_starts_with($1, $2)
            +(date, int4) date = pg_date_add_days($1, $2)
            +(int4, date) date = pg_date_add_days($2, $1)
            -(date, int4) date = pg_date_add_days($1, pg_int_neg($2, 64))
            -(date, date) int4 = pg_date_diff($1, $2)
            +(date, time) timestamp = pg_date_add_time($1, $2)
            +(time, date) timestamp = pg_date_add_time($2, $1)
            +(date, interval) timestamp = pg_timestamp_add_interval(pg_cast_date_timestamp($1), $2)
            +(interval, date) timestamp = pg_timestamp_add_interval(pg_cast_date_timestamp($2), $1)
            -(date, interval) timestamp = pg_timestamp_sub_interval(pg_cast_date_timestamp($1), $2)
            +(timestamp, interval) timestamp = pg_timestamp_add_interval($1, $2)
            +(interval, timestamp) timestamp = pg_timestamp_add_interval($2, $1)
            -(timestamp, interval) timestamp = pg_timestamp_sub_interval($1, $2)
            +(timestamptz, interval) timestamptz = pg_timestamptz_add_interval($1, $2, zone)
            +(interval, timestamptz) timestamptz = pg_timestamptz_add_interval($2, $1, zone)
            -(timestamptz, interval) timestamptz = pg_timestamptz_sub_interval($1, $2, zone)
            -(timestamp, timestamp) interval = pg_timestamp_diff($1, $2)
            -(timestamptz, timestamptz) interval = pg_timestamp_diff($1, $2)
            +(time, interval) time = pg_time_add_interval($1, $2)
            +(interval, time) time = pg_time_add_interval($2, $1)
            -(time, interval) time = pg_time_sub_interval($1, $2)
            -(time, time) interval = pg_time_diff($1, $2)
            +(interval, interval) interval = pg_interval_add($1, $2)
            -(interval, interval) interval = pg_interval_sub($1, $2)
            -(interval) interval = pg_interval_neg($1)
            *(interval, float8) interval = pg_interval_mul($1, $2)
            *(float8, interval) interval = pg_interval_mul($2, $1)
            /(interval, float8) interval = pg_interval_div($1, $2)
            ->(json, text) json = pg_json_field($1, $2) ?
            ->(jsonb, text) jsonb = pg_json_field($1, $2) ?
            ->(json, int4) json = pg_json_element($1, $2) ?
            ->(jsonb, int4) jsonb = pg_jsonb_element($1, $2) ?
            ->>(json, text) text = pg_json_field_text($1, $2) ?
            ->>(jsonb, text) text = pg_json_field_text($1, $2) ?
            ->>(json, int4) text = pg_json_element_text($1, $2) ?
            ->>(jsonb, int4) text = pg_jsonb_element_text($1, $2) ?
            #>(json, text[]) json = pg_json_path($1, $2) ?
            #>(jsonb, text[]) jsonb = pg_json_path($1, $2) ?
            #>>(json, text[]) text = pg_json_path_text($1, $2) ?
            #>>(jsonb, text[]) text = pg_json_path_text($1, $2) ?
            @>(jsonb, jsonb) bool = pg_jsonb_contains($1, $2)
            <@(jsonb, jsonb) bool = pg_jsonb_contains($2, $1)
            ?(jsonb, text) bool = pg_jsonb_exists($1, $2)
            ?|(jsonb, text[]) bool = pg_jsonb_exists_any($1, $2)
            ?&(jsonb, text[]) bool = pg_jsonb_exists_all($1, $2)
            ||(jsonb, jsonb) jsonb = pg_jsonb_concat($1, $2)
            -(jsonb, text) jsonb = pg_jsonb_delete($1, $2)
            -(jsonb, int4) jsonb = pg_jsonb_delete_element($1, $2)
            -(jsonb, text[]) jsonb = pg_jsonb_delete_all($1, $2)
            #-(jsonb, text[]) jsonb = pg_jsonb_delete_path($1, $2)
            @>(text[], text[]) bool = pg_array_contains($1, $2)
            <@(text[], text[]) bool = pg_array_contains($2, $1)
            &&(text[], text[]) bool = pg_array_overlaps($1, $2)
            ||(text[], text[]) text[] = pg_array_concat($1, $2) ?
            ||(text[], text) text[] = pg_array_append($1, $2) ?
            ||(text, text[]) text[] = pg_array_prepend($1, $2) ?
            ||(int4[], int4[]) int4[] = pg_array_concat($1, $2) ?
            ||(int4[], int4) int4[] = pg_array_append($1, digits($2)) ?
            ||(int4, int4[]) int4[] = pg_array_prepend(digits($1), $2) ?
            ||(int8[], int8[]) int8[] = pg_array_concat($1, $2) ?
            ||(int8[], int8) int8[] = pg_array_append($1, digits($2)) ?
            ||(int8, int8[]) int8[] = pg_array_prepend(digits($1), $2) ?
            @>(int4[], int4[]) bool = pg_array_contains($1, $2)
            <@(int4[], int4[]) bool = pg_array_contains($2, $1)
            &&(int4[], int4[]) bool = pg_array_overlaps($1, $2)
            @>(int8[], int8[]) bool = pg_array_contains($1, $2)
            <@(int8[], int8[]) bool = pg_array_contains($2, $1)
            &&(int8[], int8[]) bool = pg_array_overlaps($1, $2)
            """

    /// The integer operators exist for every pair of widths; the wider one's is the result's.
    private static var integerOperatorLines: String {
        let widths = [("int2", 16), ("int4", 32), ("int8", 64)]
        var lines: [String] = []
        for (left, leftBits) in widths {
            for (right, rightBits) in widths {
                let (result, bits) = leftBits >= rightBits ? (left, leftBits) : (right, rightBits)
                for (sign, function) in [("+", "add"), ("-", "sub"), ("*", "mul"), ("/", "div")] {
                    lines.append("\(sign)(\(left), \(right)) \(result) = pg_int_\(function)($1, $2, \(bits))")
                }
            }
            lines.append("%(\(left), \(left)) \(left) = pg_int_mod($1, $2)")
            lines.append("-(\(left)) \(left) = pg_int_neg($1, \(leftBits))")
            lines.append("+(\(left)) \(left) = $1")
            lines.append("@(\(left)) \(left) = pg_int_abs($1, \(leftBits))")
            lines.append("&(\(left), \(left)) \(left) = bitand($1, $2)")
            lines.append("|(\(left), \(left)) \(left) = bitor($1, $2)")
            lines.append("#(\(left), \(left)) \(left) = pg_int_xor($1, $2)")
            lines.append("~(\(left)) \(left) = pg_int_xor($1, -1)")
            lines.append("<<(\(left), int4) \(left) = pg_int_shl($1, $2, \(leftBits))")
            lines.append(">>(\(left), int4) \(left) = pg_int_shr($1, $2, \(leftBits))")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
