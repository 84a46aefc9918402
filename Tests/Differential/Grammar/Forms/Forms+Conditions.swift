extension Forms {
    static let conditionLines = #"""
        bool: regexp_like({text}, {regex})
        bool: regexp_like({text}, {regex}, 'i')
        bool: {text} {~|~*|!~|!~*} {regex}
        bool: {bpchar} {~|~*|!~|!~*} {regex}
        bool: {bpchar} {LIKE|ILIKE|NOT LIKE|NOT ILIKE} {like}
        bool: {text} {LIKE|ILIKE|NOT LIKE|NOT ILIKE} {like}
        bool: {text} LIKE {'a!%%'|'%!_%'} ESCAPE '!'
        bool: {text} LIKE {=text} || '%'
        bool: {text} {SIMILAR TO|NOT SIMILAR TO} {similar}
        bool: {text} SIMILAR TO {'a!%%'|'%b'} ESCAPE '!'
        bool: {text} ^@ {=text}
        bool: starts_with({text}, {=text})
        bool: "like"({text}, {like})
        bool: notlike({text}, {like})
        bool 2: {int4} = ANY ({ints})
        bool: {text} = ANY ({texts})
        bool: {int8} <> ALL ({longs})
        bool: {text} <> ALL (string_to_array('a,b,Abc', ','))
        bool: {text} = ANY ({labels})
        bool: {numeric} = ANY (ARRAY[{=numeric}, 0, 7.25])
        bool: {date} = ANY (ARRAY[{=date}, {=date}])
        bool: {texts} @> {=texts}
        bool: {=texts} <@ {texts}
        bool: {texts} && ARRAY[{=text}, 'a']
        bool: {ints} @> ARRAY[{=int4}]
        bool: {ints} <@ {=ints}
        bool: {ints} && {=ints}
        bool: {longs} @> {=longs}
        bool: {longs} <@ {=longs}
        bool: {longs} && {=longs}
        bool: {texts} {comparison} {=texts}
        bool: {ints} {comparison} {=ints}
        bool 2: {jsonb} @> {document}
        bool: {document} <@ {jsonb}
        bool 2: {jsonb} ? {name}
        bool: {jsonb} ?| ARRAY['a', 'tags']
        bool: {jsonb} ?& ARRAY['a', {=text}]
        bool: {jsonb} {comparison} {=jsonb}
        bool: ({jsonb} ->> {name}) IS NOT NULL
        bool: ({jsonb} -> 'tags') ? 'a'
        bool: {uuid} {=|<>} {=uuid}
        bool: {mood} {comparison} {=mood}
        bool: {mood} IN ('low', 'Top')
        bool: {bpchar} {comparison} {=bpchar}
        bool: {bpchar} IN ('ab', 'no ', 'é')
        bool: {time} {comparison} {=time}
        bool: {interval} {comparison} {=interval}
        bool: {float4} {comparison} {=float8}
        bool: {int2} {comparison} {=numeric}
        bool: {bool} {=|<>} {=bool}
        bool: ({timestamp}, {=timestamp}) OVERLAPS ({=timestamp}, {=timestamp})
        bool: ({timestamp}, {=interval}) OVERLAPS ({=timestamp}, {=interval})
        bool: ({timestamp}, {=timestamp}) OVERLAPS ({=timestamp}, {=interval})
        bool: ({timestamptz}, {=interval}) OVERLAPS ({=timestamptz}, {=timestamptz})
        bool: ({date}, {=date}) OVERLAPS ({=date}, {=date})
        bool: ({time}, {=time}) OVERLAPS ({=time}, {=time})
        bool: isfinite({date})
        bool: isfinite({timestamp})
        bool: isfinite({timestamptz})
        bool: {int4} BETWEEN SYMMETRIC {=int4} AND {=int4}
        bool: ({=int4}, {=text}) IN ((1, 'a'), (2, 'abc'), ({=int4}, {=text}))
        bool: ({=date}, {=int4}) IS DISTINCT FROM ({=date}, 1)
        bool: {date} >= {=date} AND {$1} < {$2} + {1...60}
        bool: {timestamp} > timestamp '2024-06-30' - interval '{30 days|3 months|1 year}'
        bool: date_trunc('month', {=timestamp}) = date_trunc('month', {=date})
        bool: {timestamptz} > now() - interval '{400 days|3 years}'
        bool: {date} > current_date - {500...1500}
        bool: {timestamp} < current_timestamp
        bool: ({int4})::bool
        bool: ({'t'|'yes'|'off'|'0'})::bool
        bool: (to_jsonb({bool}))::bool
        bool: {any} IS {NULL|NOT NULL}
        bool: coalesce({bool}, {false|true})
        bool: EXISTS (SELECT 1 FROM unnest({texts}) AS p WHERE p LIKE {like})
        bool: {int4} IN (SELECT p + 1 FROM unnest({ints}) AS p)
        """#
}
