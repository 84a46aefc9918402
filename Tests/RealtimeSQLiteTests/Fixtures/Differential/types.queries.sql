-- key: id
SELECT * FROM k
;
-- key: m
SELECT id, m, i4, t FROM k WHERE m IS NOT NULL
;
-- key: n
SELECT n, id FROM k WHERE id <> 4
;
-- key: d
-- key: ts
-- key: u
-- key: iv
SELECT d, ts, tz, u, iv, id FROM k
;
SELECT id, i2 + i4::bigint AS a, i4::bigint - 1 AS b, i4::bigint * i2 AS c, i8 / 3 AS d, i8 % 7 AS e, - (i8 / 2) AS f, abs(i2::int) AS g, i2 & 3::smallint AS h, i4 | 8 AS i FROM k WHERE id < 100
;
-- fails: 22012
SELECT id, i4 / 0 AS x FROM k
;
-- fails: 22012
SELECT i4 / (id - id) AS x FROM k
;
-- fails: 22003
SELECT i4 + 1 AS x FROM k
;
-- fails: 22003
SELECT i8 * 2 AS x FROM k
;
-- fails: 22012
SELECT m / 0 AS x FROM k
;
SELECT id, m + 1 AS a, m * 2.5 AS b, m / 3 AS c, m % 0.7 AS d, -m AS e, abs(m) AS f, n + m AS g, n * m AS h, w / 7 AS i, w * w AS k FROM k
;
SELECT id, round(m) AS a, round(m, 1) AS b, trunc(m, 1) AS c, ceil(m) AS d, floor(m) AS e, round(n, 3) AS f, sign(m) AS g, round(m, 5) AS h, round(w, -2) AS i FROM k
;
SELECT id, m::int AS a, m::numeric(12,1) AS b, (n::numeric(40,4)) AS c, f::numeric AS e, m::double precision AS g, i8::numeric AS h, i4::text AS i, m::text AS l, f::text AS o, r::text AS p, r::double precision AS q FROM k WHERE id <> 5
;
SELECT id, m > 1.5 AS a, m = 12.340 AS b, n = 1.5 AS c, n > m AS d, i8::numeric = -9007199254740993.0 AS e, w < m AS g, f > 0.1 AS h, i4 = i8 AS i, m BETWEEN -12.35 AND 2.5 AS l, m IN (2.50, 0.05) AS o FROM k
;
SELECT id, f + 1.5::float8 AS a, f * 2::float8 AS b, f / 3::float8 AS c, - f AS d, sqrt(abs(f)) AS e, floor(f) AS g, round(f) AS h, r + r AS i, r * 3::real AS l FROM k WHERE abs(f) < 1e100 AND f <> 0
;
-- fails: 22003
SELECT f * 1e300::float8 AS x FROM k
;
SELECT id, lower(t) AS a, upper(t) AS b, initcap(t) AS c, length(t) AS d, substr(t, 2, 3) AS e, left(t, 3) AS f, right(t, -1) AS g, position('l' in t) AS h, replace(t, 'p', 'PP') AS i, reverse(t) AS l, lpad(t, 7, '*') AS o, md5(t) AS p FROM k
;
SELECT id, t LIKE 'a%' AS a, t ILIKE 'A%E' AS b, t LIKE '%\_%' AS c, t NOT LIKE '%e' AS d, v LIKE 'a_b' AS e, t LIKE 'a#%b%' ESCAPE '#' AS i FROM k
;
SELECT id, t || '-' || id AS a, concat(t, b, i4, m) AS b, concat_ws(',', t, v, b) AS c, b::text AS d, b || 'x' AS e, id || t AS f, trim(v) AS g, split_part(t, ' ', 2) AS h, translate(t, 'ap', 'A') AS i FROM k
;
SELECT id, starts_with(t, 'ap') AS c, ascii(t) AS e, strpos(t, 'e') AS g, repeat(v, 2) AS h FROM k
;
SELECT id, d + 1 AS a, d - date '2024-01-01' AS b, d + interval '1 month' AS c, ts - interval '1 day 02:00' AS e, ts - timestamp '2024-01-01' AS f, ts::date AS g, d::timestamp AS h, ts > d AS i, d = '2024-01-31' AS l, ts::time AS o FROM k
;
SELECT id, extract(epoch FROM ts) AS a, extract(year FROM d) AS b, extract(dow FROM d) AS c, extract(hour FROM tz) AS e, extract(second FROM ts) AS f, extract(week FROM d) AS g, extract(epoch FROM iv) AS h, date_part('month', ts) AS i, extract(quarter FROM d) AS l FROM k
;
SELECT id, date_trunc('month', ts) AS a, date_trunc('week', ts) AS b, date_trunc('hour', tz) AS c, date_trunc('year', d) AS e, age(ts, timestamp '2000-01-01') AS f, tz AT TIME ZONE 'Europe/Stockholm' AS i, (tz AT TIME ZONE 'America/New_York')::date AS l FROM k
;
SELECT id, iv + interval '1 hour' AS a, iv * 2 AS b, iv / 2 AS c, -iv AS d, iv > interval '1 day' AS e, justify_hours(iv) AS f, tm + interval '1 hour' AS g, to_timestamp(m) AS h, iv = interval '1 day' AS i FROM k
;
SELECT id, b AND i4 > 0 AS a, b OR i4 > 0 AS c, NOT b AS d, b IS TRUE AS e, b IS NOT FALSE AS f, b IS UNKNOWN AS g, b IS DISTINCT FROM true AS h, i4 IS DISTINCT FROM 7 AS i, t IS NULL AS l, n IS NOT DISTINCT FROM 1.500 AS o FROM k
;
SELECT id, coalesce(m, 0) AS a, coalesce(n, m, 1) AS b, nullif(t, '') AS c, greatest(m, 2.5) AS d, least(n, m, 1) AS e, greatest(t, v) AS f, least(i4, i2) AS g, coalesce(iv, interval '1 day') AS h, greatest(iv, interval '1 day') AS i, nullif(m, 2.5) AS l FROM k
;
SELECT id, CASE WHEN m > 2 THEN m ELSE 0 END AS a, CASE t WHEN 'apple' THEN 1 WHEN 'Apple' THEN 2 END AS b, CASE WHEN b THEN d END AS c, CASE WHEN i4 > 0 THEN n WHEN i4 < 0 THEN m ELSE i4 END AS d FROM k
;
SELECT id, jb -> 'a' AS a, jb ->> 'a' AS b, jb -> 'b' ->> 'c' AS c, jb #>> '{x,y,1}' AS d, j -> 'b' AS e, j ->> 0 AS f, jb ? 'a' AS g, jb @> '{"a": 1.5}' AS h, jsonb_typeof(jb) AS i, (jb ->> 'n')::int AS l FROM k
;
SELECT id, 'red' = ANY (ta) AS a, cardinality(ta) AS b, array_length(ia, 1) AS c, ia[1] AS d, ta[2] AS e, array_to_string(ta, '|') AS f, 7 = ANY (ia) AS g, ia @> ARRAY[2] AS h, ta && ARRAY['z', 'Blue'] AS i, ARRAY[id, i4] AS l FROM k
;
SELECT id, '42'::int + 1 AS a, '1.50'::numeric AS b, t::varchar(3) AS c, 'yes'::boolean AS d, id::numeric(6,2) AS e, '2024-02-03'::date AS f, i2::numeric / 3 AS g, 7 / 2 AS h, 7.0 / 2 AS i, 2.5::int AS l, (-2.5)::int AS o FROM k
;
-- fails: 22P02
SELECT t::int AS x FROM k
;
SELECT id, width_bucket(m, 0, 10, 5) AS a, width_bucket(f, 0, 5, 5) AS b, power(m, 2) AS c, ln(abs(m) + 1) AS d, exp(m / 100) AS e, mod(i4, 3) AS f, gcd(i2::int, 6) AS g, to_hex(i4) AS i FROM k WHERE id NOT IN (5, 6)
;
SELECT id FROM k WHERE t > 'a' ORDER BY t DESC, id LIMIT 3
;
SELECT id, t FROM k WHERE (i4, m) > (0, 1.0) OR (t, v) = ('apple', 'ABC')
;
SELECT id FROM k WHERE t NOT IN ('apple', 'x') AND i4 = ANY (ARRAY[7, 10, 3]) AND d >= '2000-01-01'
;
-- refused
SELECT id FROM k ORDER BY t LIMIT 2
;
-- key: id
SELECT id, now() AS x, current_date - d AS days, age(ts) AS a, current_timestamp(0) >= tz AS past, localtimestamp::date AS l, extract(epoch FROM now() - tz) AS e FROM k WHERE ts < now()
;
-- refused
SELECT string_agg(t, ',') AS x FROM k
;
SELECT jb FROM k GROUP BY jb
;
-- refused
SELECT random() AS x FROM k
;
-- key: id
SELECT id, t ~ 'a' AS m, t ~* 'APP' AS i, t !~ '^.p' AS n, t !~* 'Z' AS o, t SIMILAR TO '(a|z)%' AS s FROM k
;
SELECT id, regexp_replace(t, 'p+', '<\&>', 'g') AS r, regexp_replace(t, '(.)(.)', '\2\1') AS x, substring(t from '[0-9]+') AS d, substring(t from '([a-z])[0-9 ]') AS g, regexp_match(t, '(.)p(.)') AS m, (regexp_match(t, 'e$'))[1] AS e FROM k
;
SELECT id, regexp_count(t, 'p') AS c, regexp_like(t, 'APPLE', 'i') AS l, regexp_substr(t, '[^ ]+', 1, 2) AS s, regexp_split_to_array(t, '[ -]') AS a, regexp_instr(t, 'e') AS i, regexp_instr(t, 'p', 1, 2, 1, 'i') AS j FROM k
;
-- refused
SELECT id, t ~ '(' AS m FROM k
;
-- refused
SELECT id, to_char(m, 'PR999') AS c FROM k
;
-- fails: 2201B
SELECT id, t ~ (t || '(') AS m FROM k
;
SELECT id, to_char(-iv, 'HH24:MI:SS.MS US') AS c FROM k
;
-- key: id
SELECT id, to_char(ts, 'YYYY-MM-DD HH24:MI:SS.US Dy "q"Q') AS a, to_char(tz, 'FMDDth Month YYYY') AS b, to_char(iv, 'DD HH24:MI') AS c, to_char(m, 'FM999G990D00') AS d, to_char(i4, 'S099') AS e, to_char(i8, 'FM9,999MI') AS f FROM k WHERE id <> 5
;
SELECT to_date('20240229', 'YYYYMMDD') AS d, to_timestamp('2024-03-01 10:11', 'YYYY-MM-DD HH24:MI') AS t, to_number('1234.50', '9999.99') AS n
;
-- refused
SELECT sum(r) AS s FROM k
;
SELECT id, sum(r) OVER (ORDER BY id) AS s, avg(r) OVER (ORDER BY id) AS a FROM k WHERE abs(r) < 1e30
