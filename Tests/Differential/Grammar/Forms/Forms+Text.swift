extension Forms {
    static let textLines = #"""
        text 2: regexp_replace({text}, {regex}, {replacement})
        text 2: regexp_replace({text}, {regex}, {replacement}, {'g'|'i'|'gi'|''})
        text: regexp_substr({text}, {regex})
        text: regexp_substr({text}, {regex}, {1...3}, {1...2})
        text: regexp_substr({text}, {regex}, {1...3})
        text: regexp_substr({text}, {regex}, {1...2}, {1...2}, {'i'|''})
        text 2: substring({text} FROM {regex})
        text: substring({text} FROM {-1...3})
        text: (regexp_match({text}, {group}))[{1...2}]
        text: (regexp_match({text}, {group}, {'i'|''}))[1]
        text: (regexp_split_to_array({text}, {separator}))[{1...3}]
        text 2: (string_to_array({text}, {separator}))[{-1...3}]
        text 2: ({texts})[{0...3}]
        text 2: array_to_string({texts}, {separator})
        text: array_to_string({texts}, '|', '-')
        text: array_to_string({ints}, ',')
        text: array_to_string({ints}, ',', '?')
        text: array_to_string({longs}, ' ')
        text: overlay({text} PLACING {=text} FROM {1...4})
        text: overlay({text} PLACING {=text} FROM {1...4} FOR {0...3})
        text: chr({65...122})
        text: chr(abs({int4}) % 500 + 1)
        text: to_hex({int4})
        text: to_hex({int8})
        text: encode({bytea}, {'hex'|'base64'|'escape'})
        text: md5({bytea})
        text: left(md5({text}), {4...8})
        text: quote_literal({text})
        text: quote_ident({text})
        text 3: to_char({timestamp}, {momentPicture})
        text: to_char({timestamptz}, {momentPicture})
        text 2: to_char({date}, {momentPicture})
        text: to_char({interval}, {spanPicture})
        text 2: to_char({numeric}, {numberPicture})
        text: to_char({int4}, {numberPicture})
        text: to_char({int8}, {numberPicture})
        text: to_char({float8}, {numberPicture})
        text: to_char({float4}, {numberPicture})
        text: format('%s-%s', {any}, {=any})
        text: format('%2$s %1$s %%', {=any}, {text})
        text: format('%I.%L', {text}, {=any})
        text: format('%-6s|%4s', {text}, {=int4})
        text: textcat({text}, {=text})
        text: ({text} || {=any})
        text: ({bpchar})::text
        text: upper({bpchar})
        text: ({bpchar} || {=text})
        text: trim({leading|trailing|both} 'a' FROM {text})
        text: ltrim({text}, {'a'|'ab '|'x'})
        text: rtrim({text}, {'e'|' %'|'c'})
        text: split_part({text}, {separator}, {-2...2})
        text: ({time})::text
        text: ({uuid})::text
        text: ({mood})::text
        text: ({json})::text
        text: ({jsonb})::text
        text: ({bytea})::text
        text: ({any})::varchar
        text: ({text})::varchar({1...6})
        text: ({text})::char({1...5})
        text: (SELECT string_agg(p, '+' ORDER BY p) FROM unnest({texts}) AS p)
        text: (SELECT string_agg(m[1], '+' ORDER BY n) FROM regexp_matches({text}, {group}, {'g'|'gi'|''}) WITH ORDINALITY AS q(m, n))
        text: (SELECT string_agg(coalesce(a, '-') || coalesce(b::text, '+'), ';' ORDER BY n) FROM unnest({texts}, {ints}) WITH ORDINALITY AS q(a, b, n))
        text: (SELECT max(coalesce(a, '-') || coalesce(b::text, '+')) FROM ROWS FROM (unnest({texts}), generate_series(1, {0...3})) AS q(a, b))
        text: (SELECT max(p) FROM regexp_split_to_table({text}, {separator}) AS p)
        text: (SELECT string_agg(p, '' ORDER BY n DESC) FROM string_to_table({text}, {separator}) WITH ORDINALITY AS q(p, n))
        text: (SELECT min(v) FROM (VALUES ({text}), ({=text}), ('m')) AS q(v))
        bpchar: ({text})::char(3)
        bpchar: ({bpchar})::char({1...4})
        bpchar: lower({text})::char(5)
        bytea: decode(md5({text}), 'hex')
        bytea: sha256({bytea})
        bytea: decode({'YWJj'|'w6k='}, 'base64')
        bytea: (replace({text}, '\', ''))::bytea
        uuid: md5({text})::uuid
        mood: (CASE WHEN {bool} THEN 'low' ELSE 'high' END)::mood
        mood: coalesce({=mood}, {=mood})
        """#
}
