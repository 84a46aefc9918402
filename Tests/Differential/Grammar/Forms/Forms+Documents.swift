extension Forms {
    static let documentLines = #"""
        text 2: ({jsonb} ->> {name})
        text: ({json} ->> {name})
        text: ({jsonb} ->> {-1...2})
        text: ({json} ->> {-1...2})
        text 2: ({jsonb} #>> {path})
        text: ({json} #>> {path})
        text: json_extract_path_text({json}, {name})
        text: jsonb_extract_path_text({jsonb}, {name}, {'z'|'0'})
        jsonb: jsonb_extract_path({jsonb}, {name})
        json: json_extract_path({json}, 'n', 'z')
        text: jsonb_typeof({jsonb})
        text: json_typeof({json})
        text: jsonb_typeof({=jsonb} -> {name})
        text: (SELECT string_agg(p, ',' ORDER BY p) FROM jsonb_object_keys(jsonb_build_object('a', {=any}, 'c', 1)) AS p)
        text: (SELECT string_agg(p, ',' ORDER BY p) FROM jsonb_array_elements_text(jsonb_build_array({=any}, {=any})) AS p)
        text: (SELECT string_agg(e.key || coalesce(e.value, '-'), ';' ORDER BY e.key) FROM jsonb_each_text(jsonb_build_object('a', {=any}, 'b', {=text})) AS e)
        text: (SELECT string_agg(p, ',' ORDER BY p) FROM json_object_keys(json_build_object('x', {=any}, 'y', 2)) AS p)
        text: (SELECT max(p) FROM json_array_elements_text(json_build_array({=text}, {=int4})) AS p)
        jsonb: ({jsonb} -> {name})
        jsonb: ({jsonb} -> {-1...2})
        jsonb: ({jsonb} #> {path})
        jsonb: ({jsonb} || {document}::jsonb)
        jsonb: (jsonb_build_object('a', {any}) || {=jsonb})
        jsonb: ({document}::jsonb - {name})
        jsonb: ('[1, 2, "a"]'::jsonb - {0...2})
        jsonb: (jsonb_build_object('a', {any}, 'b', {=any}) - {name})
        jsonb: jsonb_set(jsonb_build_object('a', {any}), {path}, {document})
        jsonb: jsonb_set({document}::jsonb, ARRAY['b'], to_jsonb({=text}), {true|false})
        text: jsonb_pretty({jsonb})
        text: jsonb_pretty(jsonb_build_object('a', jsonb_build_array({any}, {document}::jsonb)))
        jsonb: (jsonb_build_object('a', {any}, 'b', {document}::jsonb) #- {path})
        jsonb: (jsonb_build_object('a', {any}, 'b', {=any}) - ARRAY[{=text}, 'a'])
        text: (SELECT max(r.a) FROM json_to_recordset(json_build_array(json_build_object('a', {=any}))) AS r(a text, z jsonb))
        jsonb: (SELECT r.b FROM jsonb_to_record(jsonb_build_object('a', {any}, 'b', {=any})) AS r(a text, b jsonb))
        numeric: (SELECT r.a FROM json_to_record(json_build_object('a', {numeric})) AS r(a numeric, c date))
        jsonb: jsonb_strip_nulls({jsonb})
        jsonb: jsonb_strip_nulls(jsonb_build_object('a', {any}, 'b', {=any}))
        jsonb 2: to_jsonb({any})
        jsonb 2: jsonb_build_object('k', {any}, {text}, {=any})
        jsonb: jsonb_build_array({any}, {=any}, null)
        jsonb: ({json})::jsonb
        jsonb: (SELECT jsonb_agg(p ORDER BY p) FROM unnest({ints}) AS p)
        jsonb: (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(jsonb_build_object('a', {=any}, 'b', {=any})) AS e)
        json: to_json({any})
        json: json_build_object('k', {any}, 'n', {=any})
        json: json_build_object('in', json_build_array({any}, {=any}))
        json: json_build_array({any}, {=any})
        json: array_to_json({ints})
        json: array_to_json({texts})
        json: ({json} -> {name})
        json: ({json} -> {-1...2})
        json: ({json} #> {path})
        json: ({jsonb})::json
        json: (SELECT json_agg(p ORDER BY p) FROM unnest({texts}) AS p)
        json: (SELECT row_to_json(q) FROM (SELECT {any} AS a, {=any} AS b) AS q)
        int4: CASE jsonb_typeof({=jsonb} -> 'a') WHEN 'number' THEN ({$1} ->> 'a')::numeric::int8::int4 END
        numeric: (jsonb_build_object('a', {numeric}) -> 'a')::numeric
        numeric: (jsonb_build_object('a', {numeric}) ->> 'a')::numeric
        int4: (to_jsonb({int4}))::int4
        int8: (to_jsonb({int8}))::int8
        int2: (to_jsonb({int2}))::int2
        float8: (to_jsonb({float8}))::float8
        float4: (to_jsonb({float4}))::float4
        """#

    static let arrayLines = #"""
        texts 2: ARRAY[{text}, {=text}]
        texts: ARRAY[{text}]
        texts 2: string_to_array({text}, {separator})
        texts: regexp_split_to_array({text}, {regex})
        texts: regexp_split_to_array({text}, {separator}, 'i')
        texts: regexp_match({text}, {group})
        texts: regexp_match({text}, {group}, 'i')
        texts: array_append({texts}, {=text})
        texts: array_prepend({=text}, {texts})
        texts: array_remove({texts}, {=text})
        texts: array_cat({texts}, {=texts})
        texts: ({texts} || {=texts})
        texts: ({texts} || {=text})
        texts: ({=text} || {texts})
        texts: ({texts})[{1...2}:{1...3}]
        texts: ({texts})[2:]
        texts: ARRAY(SELECT DISTINCT p FROM unnest({texts}) AS p ORDER BY p)
        ints 2: ARRAY[{int4}, {=int4}, 1]
        ints: array_append({ints}, {=int4})
        ints: array_prepend({=int4}, {ints})
        ints: array_remove({ints}, {=int4})
        ints: array_cat({ints}, {=ints})
        ints: ({ints} || {=ints})
        ints: ({ints} || {=int4})
        ints: ({=int4} || {ints})
        ints: ({ints})[:{1...2}]
        ints: (ARRAY[{int4}, 5, 6])[2:{2...4}]
        ints: ARRAY(SELECT n * 2 FROM generate_series(1, {0...4}) AS n ORDER BY n DESC)
        longs: ARRAY[{int8}, {=int8}]
        longs: array_append({longs}, {=int8})
        longs: array_prepend({=int8}, {longs})
        longs: array_remove({longs}, {=int8})
        longs: array_cat({longs}, {=longs})
        longs: ({longs} || {=longs})
        longs: ({longs} || {=int8})
        longs: ({=int8} || {longs})
        int4 2: cardinality({texts})
        int4: cardinality({ints})
        int4: cardinality({longs})
        int4: array_length({texts}, 1)
        int4: array_length({ints}, {1...2})
        int4: array_length(ARRAY[{=date}, {=date}], 1)
        int4: cardinality(ARRAY[{=bool}, {=bool}])
        int4: cardinality(ARRAY[{=uuid}])
        int4: cardinality(ARRAY[{=int2}, {=int2}])
        int4: array_ndims({texts})
        int4: array_ndims({ints})
        texts: array_replace({texts}, {=text}, {=text})
        ints: array_replace({ints}, {=int4}, {=int4})
        longs: array_replace({longs}, {=int8}, {=int8})
        int4: array_upper({texts}, 1)
        int4: array_upper({ints}, 1)
        int4: array_lower({ints}, 1)
        int4: array_lower({texts}, 1)
        int4: array_position({texts}, {=text})
        int4: array_position({ints}, {=int4})
        int4: array_position({longs}, {=int8})
        int4 2: ({ints})[{0...3}]
        int8: ({longs})[{1...2}]
        text: array_to_string(ARRAY[{=date}, {=date}], ',')
        text: array_to_string(ARRAY[{=bool}, {=bool}], ',', '?')
        text: array_to_string(ARRAY[{=uuid}], ',')
        """#
}
