-- numerics of other scales, and other numbers, on both sides of IN
-- key: id
SELECT id, price IN (SELECT rate FROM items) AS a, rate IN (SELECT price FROM items WHERE price IS NOT NULL) AS b, rate NOT IN (SELECT price FROM items) AS c, free IN (SELECT price FROM items) AS d, price = ANY (SELECT free FROM items) AS e, price IN (SELECT DISTINCT rate FROM items ORDER BY rate LIMIT 4) AS f FROM items
;
-- key: id
SELECT id, rate IN (SELECT id FROM items) AS a, id IN (SELECT price FROM items) AS b, f IN (SELECT big FROM items) AS c, big IN (SELECT r FROM items) AS d, r IN (SELECT price FROM items) AS e, (price, id) IN (SELECT rate, big FROM items) AS g, day IN (SELECT at FROM items) AS h, c IN (SELECT t FROM items) AS i FROM items
;
SELECT id, CASE big WHEN r THEN 'same' ELSE 'other' END AS a, CASE price WHEN id THEN 1 WHEN f THEN 2 END AS b FROM items
;
-- key: g
SELECT g, id FROM items i WHERE rate IN (SELECT price FROM items x WHERE x.g = i.g UNION SELECT 9.30)
;
-- key: id
SELECT id, greatest(c, d) AS a, least(c, d, 'b') AS b, greatest(c, c) AS e, greatest(m, 'ok') AS f, least(m, 'ok', NULL) AS h, greatest(m, NULL) > 'sad' AS i FROM items
;
SELECT g, min(m) AS low, max(m) AS high, min(greatest(m, 'ok')) AS least FROM items GROUP BY g
;
-- key: id
SELECT id, (CASE WHEN id > 3 THEN 'sad' ELSE 'Happy' END)::mood AS a, (CASE WHEN id > 3 THEN 'sad' ELSE 'Happy' END)::mood < m AS b, m::text::mood AS c, coalesce(m, lower('OK')::mood) AS e FROM items
;
-- fails: 22P02
SELECT t::mood AS m FROM items WHERE t IS NOT NULL
;
-- fails: 22P02
SELECT d::mood AS m FROM items
;
SELECT id, (CASE WHEN id > 3 THEN 'sad' ELSE 'Happy' END)::mood AS m FROM items UNION SELECT id, NULL FROM items UNION SELECT id, nullif(m, 'sad') FROM items
;
-- months before: of the 29th of March, 23 o'clock, and of the 30th, 1 o'clock, and their ends never go back
-- key: g
SELECT g, id, sum(price) OVER w AS s, count(*) OVER w AS n, count(price) OVER w AS p, min(price) OVER w AS low, max(free) OVER w AS high, avg(rate) OVER w AS a, sum(f) OVER w AS f, count(*) FILTER (WHERE price > 2) OVER w AS big, max(m) OVER w AS m, bool_or(price > 9) OVER w AS b FROM items WHERE id NOT IN (7) WINDOW w AS (PARTITION BY g ORDER BY at RANGE BETWEEN interval '1 month' PRECEDING AND CURRENT ROW)
;
-- key: g
SELECT g, id, sum(id) OVER (PARTITION BY g ORDER BY day RANGE interval '1 month' PRECEDING) AS a, sum(id) OVER (PARTITION BY g ORDER BY day DESC RANGE BETWEEN interval '1 month' PRECEDING AND CURRENT ROW) AS b, array_length(ARRAY[count(*) OVER (PARTITION BY g ORDER BY tz NULLS FIRST RANGE interval '1 month 1 day' PRECEDING)], 1) AS c, count(*) OVER (PARTITION BY g ORDER BY tz NULLS FIRST RANGE interval '1 month 1 day' PRECEDING) AS d, count(*) OVER (PARTITION BY g ORDER BY at DESC NULLS LAST RANGE interval '1 year' PRECEDING) AS e, sum(id) OVER (PARTITION BY g ORDER BY at DESC RANGE interval '1 month' PRECEDING) AS h FROM items
;
-- key: g
SELECT g, id, sum(price) OVER w AS s, count(*) OVER w AS n, min(price) OVER w AS low, avg(f) OVER w AS f, sum(id) OVER (PARTITION BY g ORDER BY day DESC RANGE BETWEEN UNBOUNDED PRECEDING AND interval '1 month' PRECEDING) AS b, max(m) OVER (PARTITION BY g ORDER BY tz NULLS FIRST RANGE BETWEEN interval '1 year' PRECEDING AND interval '1 day' PRECEDING) AS c, count(*) OVER (PARTITION BY g ORDER BY free RANGE BETWEEN 3 PRECEDING AND 0.5 PRECEDING) AS d FROM items WINDOW w AS (PARTITION BY g ORDER BY at RANGE BETWEEN interval '2 months' PRECEDING AND interval '1 month' PRECEDING)
;
-- key: g
SELECT g, id, count(*) OVER (PARTITION BY g ORDER BY day RANGE interval '36 hours' PRECEDING) AS a, count(*) OVER (PARTITION BY g ORDER BY day RANGE BETWEEN interval '36 hours' PRECEDING AND interval '1 hour' PRECEDING) AS b, count(*) OVER (PARTITION BY g ORDER BY day RANGE BETWEEN interval '25 hours' FOLLOWING AND interval '36 days' FOLLOWING) AS c, count(*) OVER (PARTITION BY g ORDER BY day DESC RANGE BETWEEN interval '1 hour' PRECEDING AND interval '36 hours' FOLLOWING) AS d, sum(price) OVER (PARTITION BY g ORDER BY day RANGE interval '30 days' PRECEDING) AS e FROM items
;
-- key: g
SELECT g, id, count(*) OVER (PARTITION BY g ORDER BY price RANGE BETWEEN 0.015 PRECEDING AND 1.999 FOLLOWING) AS e, count(*) OVER (PARTITION BY g ORDER BY price RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS h, count(*) OVER (PARTITION BY g ORDER BY price RANGE BETWEEN 0.755 FOLLOWING AND 2 FOLLOWING) AS i, count(*) OVER (PARTITION BY g ORDER BY f RANGE 2 PRECEDING) AS l, count(*) OVER (PARTITION BY g ORDER BY r RANGE BETWEEN 1 PRECEDING AND 3 FOLLOWING) AS o, count(*) OVER (PARTITION BY g ORDER BY free RANGE 1.25 PRECEDING) AS a, sum(free) OVER (PARTITION BY g ORDER BY free DESC RANGE 2 PRECEDING) AS b, sum(price) OVER (PARTITION BY g ORDER BY price RANGE 0.005 PRECEDING) AS c, count(*) OVER (ORDER BY free NULLS FIRST RANGE 3 PRECEDING) AS d FROM items
;
-- key: g
SELECT g, id, count(*) OVER (PARTITION BY g ORDER BY at RANGE BETWEEN interval '1 month' PRECEDING AND interval '1 month' FOLLOWING) AS a, sum(price) OVER (PARTITION BY g ORDER BY at DESC RANGE BETWEEN CURRENT ROW AND interval '1 month' FOLLOWING) AS b, max(free) OVER (PARTITION BY g ORDER BY day RANGE BETWEEN interval '1 month' FOLLOWING AND UNBOUNDED FOLLOWING) AS c, count(*) OVER (PARTITION BY g ORDER BY day RANGE BETWEEN interval '1 month' PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS d, min(m) OVER (PARTITION BY g ORDER BY tz RANGE BETWEEN interval '1 month' PRECEDING AND interval '1 day' FOLLOWING EXCLUDE GROUP) AS e, sum(f) FILTER (WHERE id <> 6) OVER (PARTITION BY g ORDER BY at RANGE BETWEEN interval '1 month' PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) AS f, count(price) OVER (PARTITION BY g ORDER BY free RANGE BETWEEN 1.5 PRECEDING AND 0.25 FOLLOWING EXCLUDE CURRENT ROW) AS h FROM items
;
-- refused
SELECT g, first_value(id) OVER (PARTITION BY g ORDER BY at RANGE interval '1 month' PRECEDING) AS n FROM items
;
-- key: id
SELECT id, j FROM docs ORDER BY j, id
;
SELECT id, j FROM docs ORDER BY j DESC NULLS LAST, id DESC LIMIT 20
;
-- key: id
SELECT id, j < '{"b": 1}' AS a, j >= '[1, 2]' AS b, j <> '1.0' AS c, j IN ('1', '"a"', '[]') AS d, j IS DISTINCT FROM '1' AS e, j IS NOT DISTINCT FROM NULL AS f, j = ANY (SELECT j FROM docs WHERE id < 9) AS g, greatest(j, '2') AS h, least(j, '"b"', 'null') AS i, nullif(j, '1.000') AS l, CASE j WHEN '1' THEN 'one' WHEN '[]' THEN 'none' END AS o, j BETWEEN '0' AND '5' AS q, (j, id) < ('"b"', 7) AS s FROM docs
;
-- key: id
SELECT id, rank() OVER (ORDER BY j) AS r, count(*) OVER (PARTITION BY j) AS n, row_number() OVER (PARTITION BY j ORDER BY id) AS p, lag(j) OVER (ORDER BY j, id) AS l FROM docs
;
-- prints: 22
-- key: k
SELECT j AS d, g AS k, count(*) AS n FROM docs GROUP BY j, g
;
SELECT j, count(*) AS n, min(id) AS first FROM docs WHERE id NOT IN (7, 8) GROUP BY j ORDER BY j
;
SELECT DISTINCT j FROM docs WHERE id NOT IN (7, 8)
;
-- prints: 0
SELECT DISTINCT j FROM docs
;
SELECT j FROM docs WHERE g = 1 AND id <> 7 UNION SELECT j FROM docs WHERE id NOT IN (7, 8)
;
SELECT j FROM docs WHERE id NOT IN (7, 8) EXCEPT SELECT '[]' ORDER BY 1
;
SELECT j FROM docs WHERE id NOT IN (7, 8) INTERSECT SELECT j FROM docs WHERE id IN (1, 2, 3)
;
SELECT g, count(DISTINCT j) AS n, array_agg(id ORDER BY j, id) AS ids, jsonb_agg(j ORDER BY j, id) AS js, string_agg(j::text, ';' ORDER BY j, id) AS t FROM docs GROUP BY g
;
SELECT array_agg(DISTINCT j) AS js, array_agg(DISTINCT j ORDER BY j DESC) AS k FROM docs WHERE id NOT IN (7, 8)
;
SELECT DISTINCT ON (j) j, id FROM docs WHERE id NOT IN (7, 8) ORDER BY j, id DESC
;
SELECT a.id, b.id AS other FROM docs a JOIN docs b ON a.j = b.j AND a.id < b.id
;
SELECT id, 'is '::text || j AS a, (j || id::text) || '!' AS b FROM docs
;
SELECT j -> 'b' AS b, max(id) AS id, count(*) AS n FROM docs WHERE j ? 'b' GROUP BY j -> 'b' HAVING count(*) < 9 ORDER BY j -> 'b'
;
SELECT id, ta, ia FROM arrays ORDER BY ta, ia DESC, id
;
SELECT id, la, fa, na FROM arrays ORDER BY la, fa, na NULLS FIRST, id
;
SELECT id, da, tsa, iva, ua FROM arrays ORDER BY da DESC, tsa, iva, ua, id
;
-- key: id
SELECT id, ta < '{b}' AS a, ia >= '{2,10}' AS b, la = '{1,2}' AS c, fa <= '{0.5}' AS d, na = '{1.5}' AS e, na IS DISTINCT FROM '{1.50}' AS f, da > '{2024-01-01}' AS g, tsa <> '{"2024-01-01 10:00:00"}' AS h, iva = '{"24:00:00"}' AS i, ta IN ('{a,b}', '{}') AS l, greatest(ia, '{2}') AS o, least(ta, '{b}') AS q, ta IN (SELECT ta FROM arrays) AS s, nullif(ta, '{}') AS t FROM arrays
;
-- key: id
SELECT id, rank() OVER (ORDER BY ia) AS r, count(*) OVER (PARTITION BY ta) AS n, max(ia) OVER (ORDER BY id ROWS 2 PRECEDING) AS m FROM arrays
;
SELECT min(ta) AS a, max(ta) AS b, min(ia) AS c, max(ia) AS d, max(la) AS e, min(da) AS f, max(fa) AS g FROM arrays
;
-- key: g
SELECT g, ta, count(*) AS n, array_agg(id ORDER BY ia, id) AS ids FROM arrays GROUP BY g, ta
;
SELECT DISTINCT ia FROM arrays UNION SELECT '{1,2}' EXCEPT SELECT '{}' ORDER BY 1
;
-- prints: 0
SELECT DISTINCT na FROM arrays
;
SELECT g, array_agg(ta ORDER BY id) AS nested, array_agg(ia ORDER BY ia, id) AS other, array_length(array_agg(ta ORDER BY ta, id), 1) AS n FROM arrays WHERE g = 3 GROUP BY g
;
-- fails: 2202E
SELECT array_agg(ta ORDER BY id) AS x FROM arrays WHERE id IN (1, 2)
;
-- fails: 2202E
SELECT array_agg(ta ORDER BY id) AS x FROM arrays WHERE ta = '{}'
;
-- fails: 22004
SELECT array_agg(ta ORDER BY id) AS x FROM arrays WHERE ta IS NULL
;
SELECT percentile_cont('{0.25,0.5,NULL,1}'::float8[]) WITHIN GROUP (ORDER BY id) AS a, percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY id) AS b, '{0.1,1e-7,NaN,-0,Infinity}'::float8[] AS c, '{1.50,-7}'::numeric[] AS d FROM arrays
;
-- the casts that the standard's forms leave out
-- key: id
SELECT id, trim(d) AS a, trim(leading 'a' FROM d) AS b, substring(d FROM 2) AS e, substring(d FROM 1 FOR 2) || '|' AS f, overlay(d PLACING 'x' FROM 2 FOR 1) AS h, position('b' IN d) AS i, day AT TIME ZONE 'Europe/Stockholm' AS l, extract(month FROM day) AS m, substring(c FROM '[a-c]+') AS o FROM items
;
-- at infinity, at the ends of bigint, and where doubles are rounded
SELECT id, count(*) OVER (ORDER BY b RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS a1, count(*) OVER (ORDER BY b DESC RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS a2, count(*) OVER (ORDER BY b RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS b1, count(*) OVER (ORDER BY b DESC RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS b2, count(*) OVER (ORDER BY b RANGE BETWEEN 5 PRECEDING AND 3 PRECEDING) AS c1, count(*) OVER (ORDER BY b DESC RANGE BETWEEN 5 PRECEDING AND 3 PRECEDING) AS c2, count(*) OVER (ORDER BY b RANGE BETWEEN 3 FOLLOWING AND 5 FOLLOWING) AS d1, count(*) OVER (ORDER BY b DESC RANGE BETWEEN 3 FOLLOWING AND 5 FOLLOWING) AS d2, count(*) OVER (ORDER BY b RANGE BETWEEN UNBOUNDED PRECEDING AND 3 PRECEDING) AS e1, count(*) OVER (ORDER BY b DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 3 PRECEDING) AS e2, count(*) OVER (ORDER BY b RANGE BETWEEN 3 FOLLOWING AND UNBOUNDED FOLLOWING) AS f1, count(*) OVER (ORDER BY b DESC RANGE BETWEEN 3 FOLLOWING AND UNBOUNDED FOLLOWING) AS f2 FROM ends
;
SELECT id, count(*) OVER (ORDER BY f RANGE BETWEEN 0.1 PRECEDING AND CURRENT ROW) AS a1, count(*) OVER (ORDER BY f DESC RANGE BETWEEN 0.1 PRECEDING AND CURRENT ROW) AS a2, count(*) OVER (ORDER BY f RANGE BETWEEN 0.1 PRECEDING AND 0.1 FOLLOWING) AS b1, count(*) OVER (ORDER BY f DESC RANGE BETWEEN 0.1 PRECEDING AND 0.1 FOLLOWING) AS b2, count(*) OVER (ORDER BY f RANGE BETWEEN 0.5::float8 PRECEDING AND 0.1 PRECEDING) AS c1, count(*) OVER (ORDER BY f DESC RANGE BETWEEN 0.5::float8 PRECEDING AND 0.1 PRECEDING) AS c2, count(*) OVER (ORDER BY f RANGE BETWEEN 0.1 FOLLOWING AND 0.5::float8 FOLLOWING) AS d1, count(*) OVER (ORDER BY f DESC RANGE BETWEEN 0.1 FOLLOWING AND 0.5::float8 FOLLOWING) AS d2, count(*) OVER (ORDER BY f RANGE BETWEEN UNBOUNDED PRECEDING AND 0.1 PRECEDING) AS e1, count(*) OVER (ORDER BY f DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 0.1 PRECEDING) AS e2, count(*) OVER (ORDER BY f RANGE BETWEEN 0.1 FOLLOWING AND UNBOUNDED FOLLOWING) AS f1, count(*) OVER (ORDER BY f DESC RANGE BETWEEN 0.1 FOLLOWING AND UNBOUNDED FOLLOWING) AS f2 FROM ends
;
SELECT id, count(*) OVER (ORDER BY r RANGE BETWEEN 0.1 PRECEDING AND CURRENT ROW) AS a1, count(*) OVER (ORDER BY r DESC RANGE BETWEEN 0.1 PRECEDING AND CURRENT ROW) AS a2, count(*) OVER (ORDER BY r RANGE BETWEEN 0.1 PRECEDING AND 0.1 FOLLOWING) AS b1, count(*) OVER (ORDER BY r DESC RANGE BETWEEN 0.1 PRECEDING AND 0.1 FOLLOWING) AS b2, count(*) OVER (ORDER BY r RANGE BETWEEN 1 PRECEDING AND 0.1 PRECEDING) AS c1, count(*) OVER (ORDER BY r DESC RANGE BETWEEN 1 PRECEDING AND 0.1 PRECEDING) AS c2, count(*) OVER (ORDER BY r RANGE BETWEEN 0.1 FOLLOWING AND 1 FOLLOWING) AS d1, count(*) OVER (ORDER BY r DESC RANGE BETWEEN 0.1 FOLLOWING AND 1 FOLLOWING) AS d2, count(*) OVER (ORDER BY r RANGE BETWEEN UNBOUNDED PRECEDING AND 0.1 PRECEDING) AS e1, count(*) OVER (ORDER BY r DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 0.1 PRECEDING) AS e2, count(*) OVER (ORDER BY r RANGE BETWEEN 0.1 FOLLOWING AND UNBOUNDED FOLLOWING) AS f1, count(*) OVER (ORDER BY r DESC RANGE BETWEEN 0.1 FOLLOWING AND UNBOUNDED FOLLOWING) AS f2 FROM ends
;
SELECT id, count(*) OVER (ORDER BY d RANGE BETWEEN interval '1 day' PRECEDING AND CURRENT ROW) AS a1, count(*) OVER (ORDER BY d DESC RANGE BETWEEN interval '1 day' PRECEDING AND CURRENT ROW) AS a2, count(*) OVER (ORDER BY d RANGE BETWEEN interval '1 day' PRECEDING AND interval '1 day' FOLLOWING) AS b1, count(*) OVER (ORDER BY d DESC RANGE BETWEEN interval '1 day' PRECEDING AND interval '1 day' FOLLOWING) AS b2, count(*) OVER (ORDER BY d RANGE BETWEEN interval '3 days' PRECEDING AND interval '1 day' PRECEDING) AS c1, count(*) OVER (ORDER BY d DESC RANGE BETWEEN interval '3 days' PRECEDING AND interval '1 day' PRECEDING) AS c2, count(*) OVER (ORDER BY d RANGE BETWEEN interval '1 day' FOLLOWING AND interval '3 days' FOLLOWING) AS d1, count(*) OVER (ORDER BY d DESC RANGE BETWEEN interval '1 day' FOLLOWING AND interval '3 days' FOLLOWING) AS d2, count(*) OVER (ORDER BY d RANGE BETWEEN UNBOUNDED PRECEDING AND interval '1 day' PRECEDING) AS e1, count(*) OVER (ORDER BY d DESC RANGE BETWEEN UNBOUNDED PRECEDING AND interval '1 day' PRECEDING) AS e2, count(*) OVER (ORDER BY d RANGE BETWEEN interval '1 day' FOLLOWING AND UNBOUNDED FOLLOWING) AS f1, count(*) OVER (ORDER BY d DESC RANGE BETWEEN interval '1 day' FOLLOWING AND UNBOUNDED FOLLOWING) AS f2 FROM ends
;
SELECT id, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '12 hours' PRECEDING AND CURRENT ROW) AS a1, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN interval '12 hours' PRECEDING AND CURRENT ROW) AS a2, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '12 hours' PRECEDING AND interval '12 hours' FOLLOWING) AS b1, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN interval '12 hours' PRECEDING AND interval '12 hours' FOLLOWING) AS b2, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '2 days' PRECEDING AND interval '12 hours' PRECEDING) AS c1, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN interval '2 days' PRECEDING AND interval '12 hours' PRECEDING) AS c2, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '12 hours' FOLLOWING AND interval '2 days' FOLLOWING) AS d1, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN interval '12 hours' FOLLOWING AND interval '2 days' FOLLOWING) AS d2, count(*) OVER (ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND interval '12 hours' PRECEDING) AS e1, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN UNBOUNDED PRECEDING AND interval '12 hours' PRECEDING) AS e2, count(*) OVER (ORDER BY ts RANGE BETWEEN interval '12 hours' FOLLOWING AND UNBOUNDED FOLLOWING) AS f1, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN interval '12 hours' FOLLOWING AND UNBOUNDED FOLLOWING) AS f2 FROM ends
