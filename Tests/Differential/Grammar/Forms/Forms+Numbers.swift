extension Forms {
    static let numberLines = #"""
        int2: (({int4}) % 1000)::int2
        int2: ({int2} + 1::int2)
        int2: ({int2} - ({=int2} % 10::int2))
        int2: ({int2} * {1...3}::int2)
        int2: ({int2} / nullif({=int2}, 0))
        int2: ({int2} % nullif({=int2}, 0))
        int2: mod({int2}, nullif({=int2}, 0))
        int2: abs({int2})
        int2: ({numeric} % 100)::int2
        int2: extract({dayField} FROM {date})::int8::int2
        int4: ({int2} + {=int4})
        int4: ({int4} - {=int2})
        int4: ({int2} * {1...9})
        int4: ({int4} / nullif({=int2}, 0))
        int4: ({=int4} << {0...4})
        int4: ({int4} >> {0...4})
        int4: @ {=int4}
        int4: gcd({int4}, {=int4})
        int4: lcm({int4} % 100, {=int4} % 100)
        int4: mod({int4}, nullif({=int4}, 0))
        int4: div({numeric}, nullif({=int4}, 0)::numeric)::int8::int4
        int4: scale({numeric})
        int4: min_scale({numeric})
        int4 2: width_bucket({numeric}, 0, 100, {2...6})
        int4: width_bucket({float8}, {-10...0}, 50.5, {2...6})
        int4: width_bucket({=int4}, 0, 10, 5)
        int4: width_bucket({numeric}, ARRAY[-5, 0.5, 10, 100])
        int4: width_bucket({int4}, ARRAY[0, 5, {=int4}])
        int4: width_bucket({int8}, ARRAY[{=int8}, {=int8}])
        int4: width_bucket({float8}, ARRAY[{=float8}, {=float8}, 50])
        int4: hashtext({text})
        int4: ('x' || md5({text}))::bit({8...32})::int4
        int8: ('x' || md5({text}))::bit({33...64})::int8
        int4: (SELECT sum(s) FROM generate_subscripts({texts}, {1...2}) AS s)::int4
        int4: (SELECT sum(r.b) FROM jsonb_to_recordset(jsonb_build_array(jsonb_build_object('a', {=any}, 'b', {=int4}), jsonb_build_object('b', 2))) AS r(a text, b int4))::int4
        int4 2: length({text})
        int4: char_length({text})
        int4: character_length({bpchar})
        int4: char_length({bpchar})
        int4: length({bpchar})
        int4: octet_length({text})
        int4: octet_length({bpchar})
        int4: octet_length({bytea})
        int4: length({bytea})
        int4: bit_length({text})
        int4: ascii({text})
        int4: position({=text} IN {text})
        int4: regexp_count({text}, {regex})
        int4: regexp_count({text}, {regex}, {1...2})
        int4: regexp_count({text}, {regex}, 1, 'i')
        int4: regexp_instr({text}, {regex})
        int4: regexp_instr({text}, {regex}, {1...3}, {1...2})
        int4: regexp_instr({text}, {regex}, {1...3})
        int4: regexp_instr({text}, {regex}, 1, {1...2}, {0...1})
        int4: regexp_instr({text}, {regex}, 1, 1, {0...1}, 'i')
        int4: num_nulls({=any}, {=any}, {any})
        int4: num_nonnulls({=any}, {any})
        int4 2: CASE WHEN {bool} THEN 1 ELSE 0 END
        int4: sign({numeric})::int
        int4: (extract(epoch FROM {interval}) / 86400)::int8::int4
        int4: ({text} = {=text})::int
        int4: json_array_length({json})
        int4 2: CASE jsonb_typeof({=jsonb}) WHEN 'array' THEN jsonb_array_length({$1}) END
        int4: (SELECT count(*) FROM unnest({texts}) AS p WHERE p > 'a')::int
        int4: (SELECT sum(n) FROM generate_series(1, {0...5}) AS n)::int
        int4: (SELECT max(v) FROM (VALUES ({=int4}), ({int4}), (0)) AS q(v))
        int4: regexp_replace('0' || {text}, '\D', '', 'g')::numeric::int8::int4
        int8: ({int2} * {=int8})
        int8: ({int8} + {=int2})
        int8: ({int8} & {=int8})
        int8: ({int8} | {=int8})
        int8: ({int8} # {=int8})
        int8: ~ {=int8}
        int8: (({int8} % 1000000) << {0...8})
        int8: ({int8} >> {0...8})
        int8: gcd({int8}, {=int8})
        int8: lcm({int8} % 1000, {=int8} % 1000)
        int8: mod({int8}, nullif({=int8}, 0))
        int8: ({float8} / 1e12)::int8
        int8: extract(epoch FROM {timestamp})::int8
        int8: (SELECT count(*) FROM jsonb_object_keys(jsonb_strip_nulls(jsonb_build_object('a', {=any}, 'b', {=any}))) AS p)
        numeric: div({numeric}, nullif({=numeric}, 0))
        numeric: mod({numeric}, nullif({=numeric}, 0))
        numeric: gcd({numeric}, {=numeric})
        numeric: lcm({=numeric} % 100, {=int4}::numeric)
        numeric: factorial(abs({int4}) % 20)
        numeric 2: sqrt(abs({numeric}))
        numeric: exp({=numeric} % 10)
        numeric 2: ln(abs({numeric}) + {1...2})
        numeric: log(abs({numeric}) + 1)
        numeric: log10(abs({numeric}) + 0.5)
        numeric: log({2...10}::numeric, abs({=numeric}) + 1)
        numeric: power({=numeric} % 20, {0...3})
        numeric: pow(abs({=numeric}) % 20, 0.5)
        numeric: (({=numeric} % 12) ^ {2...3})
        numeric: ceiling({numeric})
        numeric: trim_scale({numeric})
        numeric: sign({numeric})
        numeric: @ {=numeric}
        numeric: to_number(to_char({=numeric} % 1000, 'FM9999990.00'), '9999999.99')
        numeric: to_number({'1234.5'|'-12'|'007'}, '9999.99')
        numeric: to_number(({=int4} % 1000)::text, '9999')
        numeric 2: extract({field} FROM {timestamp})
        numeric: extract({field} FROM {timestamptz})
        numeric: extract({dayField} FROM {date})
        numeric: extract({clockField} FROM {time})
        numeric: extract({spanField} FROM {interval})
        numeric 2: round({numeric} / nullif({=int4}, 0), {0...4})
        numeric 2: coalesce({numeric}, 0) / nullif(coalesce({=numeric}, 1), 0)
        numeric: ({float4})::numeric
        numeric: ({int2})::numeric
        numeric: ({=numeric} * {int8})
        numeric: ('0' || regexp_replace({text}, '\D', '', 'g'))::numeric
        numeric: (SELECT sum(x) FROM unnest({ints}) AS x)
        float8: ({float4} + {=float8})
        float8: ({float8} - {=float4})
        float8: ({float8} * {=float4})
        float8: ({float8} / nullif({=float4}, 0))
        float8: ({float4} * {=float8})
        float8: ({float4} - {=float8})
        float8: ({float4} / nullif({=float8}, 0))
        float8: cbrt({float8})
        float8: |/ abs({=float8})
        float8: ||/ {=float8}
        float8: @ {=float8}
        float8: sign({float8})
        float8: exp({=float8} / 1e22)
        float8: log10(abs({float8}) + 1)
        float8: log(abs({float8}) + 2)
        float8: pow({=float8} / 1e20, 2)
        float8: (({=float8} / 1e20) ^ 2)
        float8: sin({=float8} / 1e18)
        float8: cos({=int4} / 10.0::float8)
        float8: tan({=int4} / 10.0::float8)
        float8: asin({=int2} / 40000.0::float8)
        float8: acos({=int2} / 40000.0::float8)
        float8: atan({float8})
        float8: atan2({float8}, {=float8})
        float8: degrees({=int4}::float8)
        float8: radians({float8} / 1e5)
        float8: (pi() * {=float8})
        float8: ceiling({float8})
        float8: date_part('{field}', {timestamp})
        float8: date_part('{field}', {timestamptz})
        float8: date_part('{dayField}', {date})
        float8: date_part('{clockField}', {time})
        float8: date_part('{spanField}', {interval})
        float8: ({float4})::float8
        float8: ({jsonb} ->> 'none')::float8
        float4: ({float4} + {=float4})
        float4: ({float4} - {=float4})
        float4: ({float4} * {=float4})
        float4: ({float4} / nullif({=float4}, 0))
        float4: abs({float4})
        float4: - {=float4}
        float4: @ {=float4}
        float4: ({int4})::float4
        float4: ({=int8})::float4
        float4: ({=int2})::float4
        float4: ({float8} / 1e3)::float4
        float4: ({numeric} % 1000)::float4
        int4: ({=float4} / 1e8)::int4
        int8: ({=float4} / 1e3)::int8
        int2: ({=float4} / 1e9)::int2
        int2: ({=float8} / 1e19)::int2
        int2: ({=int8} % 1000)::int2
        """#
}
