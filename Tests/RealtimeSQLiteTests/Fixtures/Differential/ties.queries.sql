-- key: u
SELECT u, id, row_number() OVER (PARTITION BY u ORDER BY at DESC, id) AS rn, ntile(2) OVER (PARTITION BY u ORDER BY at, id) AS half, lag(kind) OVER (PARTITION BY u ORDER BY at, id) AS previous, sum(amount) OVER (PARTITION BY u ORDER BY at, id ROWS 1 PRECEDING) AS two FROM e
;
-- key: u
SELECT u, id, rank() OVER w AS r, dense_rank() OVER w AS d, percent_rank() OVER w AS p, cume_dist() OVER w AS c, sum(amount) OVER w AS s, count(*) OVER (PARTITION BY u ORDER BY at GROUPS 1 PRECEDING) AS g, max(amount) OVER (PARTITION BY u ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS m FROM e WINDOW w AS (PARTITION BY u ORDER BY at)
;
-- key: u
-- ties: 5
SELECT u, id, row_number() OVER (PARTITION BY u ORDER BY at) AS rn FROM e
;
-- key: u
-- ties: 5
SELECT u, id, ntile(2) OVER (PARTITION BY u ORDER BY at) AS half FROM e
;
-- key: u
-- ties: 5
SELECT u, id, lag(kind) OVER (PARTITION BY u ORDER BY at) AS previous FROM e
;
-- key: u
-- ties: 5
SELECT u, id, amount, lead(kind, 2, 'none') OVER (PARTITION BY u ORDER BY at) AS next FROM e
;
-- key: u
-- ties: 13
SELECT u, id, first_value(kind) OVER (PARTITION BY u ORDER BY at) AS first FROM e
;
-- key: u
-- ties: 13
SELECT u, id, last_value(kind) OVER (PARTITION BY u ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last FROM e
;
-- key: u
-- ties: 8
SELECT u, id, last_value(kind) OVER (PARTITION BY u ORDER BY at) AS last FROM e
;
-- key: u
-- ties: 13
SELECT u, id, nth_value(amount, 2) OVER (PARTITION BY u ORDER BY at) AS second FROM e
;
-- key: u
-- ties: 5
SELECT u, id, sum(amount) OVER (PARTITION BY u ORDER BY at ROWS UNBOUNDED PRECEDING) AS running FROM e
;
-- key: u
-- ties: 5
SELECT u, id, count(*) OVER (PARTITION BY u ORDER BY at ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS c FROM e
;
-- key: u
-- ties: 8
SELECT u, at, kind, row_number() OVER (PARTITION BY u ORDER BY at) AS rn, lag(kind) OVER (PARTITION BY u ORDER BY at) AS previous, sum(amount) OVER (PARTITION BY u ORDER BY at ROWS 1 PRECEDING) AS two FROM e
;
-- key: u
-- ties: 8
SELECT u, kind, row_number() OVER (PARTITION BY u ORDER BY at) AS rn FROM loose
;
SELECT u, kind, row_number() OVER (PARTITION BY u ORDER BY at) AS rn, lag(kind) OVER (PARTITION BY u ORDER BY at) AS p, sum(amount) OVER (PARTITION BY u ORDER BY at ROWS 2 PRECEDING) AS s FROM loose WHERE u IN ('calm', 'alike')
;
-- key: u
-- ties: 2
SELECT u, kind FROM (SELECT u, kind, row_number() OVER (PARTITION BY u ORDER BY at) AS rn FROM e) x WHERE rn = 1 AND u <> 'alike'
;
-- key: u
SELECT u, kind FROM (SELECT u, kind, row_number() OVER (PARTITION BY u ORDER BY at) AS rn FROM e) x WHERE rn = 1 AND u <> 'first'
;
-- key: u
SELECT p.u, p.name, x.kind, x.amount FROM people p LEFT JOIN (SELECT u, kind, amount, row_number() OVER (PARTITION BY u ORDER BY at DESC NULLS LAST) AS rn FROM e WHERE u <> 'last') x ON x.u = p.u AND x.rn = 1
;
-- key: u
WITH ranked AS (SELECT u, kind, at, row_number() OVER (PARTITION BY u ORDER BY at) AS rn FROM e WHERE u <> 'first')
SELECT p.u, a.kind, b.at AS second FROM people p LEFT JOIN ranked a ON a.u = p.u AND a.rn = 1 LEFT JOIN ranked b ON b.u = p.u AND b.rn = 2 WHERE p.u <> 'alike'
;
-- ties: 0
WITH ranked AS (SELECT u, kind, at, row_number() OVER (PARTITION BY u ORDER BY at) AS rn FROM e WHERE u <> 'first')
SELECT p.u, a.kind, b.at AS second FROM people p LEFT JOIN ranked a ON a.u = p.u AND a.rn = 1 LEFT JOIN ranked b ON b.u = p.u
;
SELECT u, sum(amount) AS s, row_number() OVER (ORDER BY sum(amount), u) AS rn, lag(u) OVER (ORDER BY u) AS before, sum(count(*)) OVER (ORDER BY u ROWS UNBOUNDED PRECEDING) AS running FROM e GROUP BY u
;
-- ties: 0
SELECT u, sum(amount) AS s, row_number() OVER (ORDER BY sum(amount)) AS rn FROM e GROUP BY u
;
SELECT u, kind, count(*) AS c, row_number() OVER (PARTITION BY u ORDER BY count(*) DESC) AS rn FROM e WHERE u = 'alike' GROUP BY u, kind
;
-- ties: 0
SELECT id, row_number() OVER (ORDER BY n) AS rn FROM e WHERE u = 'first'
;
-- ties: 0
SELECT n, row_number() OVER (ORDER BY n) AS rn FROM e WHERE id IN (11, 12)
;
SELECT n, span, row_number() OVER (ORDER BY n) AS rn, first_value(span) OVER (ORDER BY n) AS f FROM e WHERE id IN (1, 3)
;
SELECT DISTINCT u, row_number() OVER (PARTITION BY u ORDER BY kind) + (SELECT count(*) FROM people p WHERE p.u = e.u) AS x FROM e ORDER BY 2
;
-- ties: 0
SELECT DISTINCT u, id, row_number() OVER (PARTITION BY u ORDER BY kind) + (SELECT count(*) FROM people p WHERE p.u = e.u) AS x FROM e ORDER BY 3
;
-- key: u
SELECT p.u, (SELECT string_agg(y.kind, ',' ORDER BY y.rn) FROM (SELECT kind, row_number() OVER (ORDER BY at) AS rn FROM e WHERE e.u = p.u AND p.u = 'calm') y) AS path FROM people p
;
-- refused
SELECT id, row_number() OVER (PARTITION BY u) AS rn FROM e
;
-- refused
SELECT id, lag(kind) OVER () AS x FROM e
;
-- key: u
SELECT u, string_agg(kind, ',' ORDER BY at, id) AS a, array_agg(amount ORDER BY id) AS b, string_agg(DISTINCT kind, ',' ORDER BY kind DESC) AS c, array_agg(amount + 1 ORDER BY amount + 1) AS d, array_agg(at ORDER BY at) AS f FROM e GROUP BY u
;
-- key: u
-- ties: 2
SELECT u, string_agg(kind, ',' ORDER BY at) AS path FROM e GROUP BY u
;
-- key: u
-- ties: 2
SELECT u, array_agg(amount ORDER BY at DESC) AS amounts FROM e GROUP BY u
;
-- key: u
SELECT u, string_agg(CASE WHEN kind = 'a' THEN 'x' END, ',' ORDER BY at) AS path, string_agg(kind, ',' ORDER BY at) FILTER (WHERE id <> 12 AND id <> 25) AS part FROM e GROUP BY u
;
-- ties: 0
SELECT string_agg('-', u ORDER BY at) AS x FROM e
;
-- ties: 0
SELECT array_agg(n ORDER BY n) AS x FROM e WHERE id IN (11, 12)
;
-- ties: 0
SELECT array_agg(DISTINCT n ORDER BY n) AS x FROM e WHERE id IN (11, 12)
;
SELECT array_agg(DISTINCT n ORDER BY n) AS x, array_agg(span ORDER BY span) AS y FROM e WHERE u = 'last'
;
-- refused
SELECT array_agg(kind) AS x FROM e
;
-- key: u
-- prints: 11
SELECT u, n, count(*) AS c, n + 1 AS m FROM e GROUP BY u, n
;
SELECT count(*) AS c, max(id) AS m FROM e GROUP BY n
;
-- prints: 0
SELECT span, count(*) AS c FROM e GROUP BY span ORDER BY span
;
-- key: u
-- prints: 11
SELECT DISTINCT u, n FROM e
;
SELECT DISTINCT u, n, span FROM e WHERE u <> 'first' ORDER BY n DESC, u, span LIMIT 4
;
-- prints: 0
SELECT n FROM e WHERE id = 11 UNION SELECT n FROM e WHERE id = 12 ORDER BY 1
;
SELECT n FROM e WHERE u = 'calm' UNION SELECT n FROM e WHERE u = 'last' UNION SELECT amount FROM e WHERE false ORDER BY 1 DESC
;
-- ties: 0
SELECT n FROM e WHERE u = 'first' ORDER BY n LIMIT 1
;
SELECT n FROM e WHERE u = 'calm' ORDER BY n, id LIMIT 2
;
SELECT n, rank() OVER (ORDER BY n) AS r, sum(n) OVER (PARTITION BY n) AS s FROM e WHERE u = 'calm' GROUP BY n
;
-- prints: 0
SELECT n FROM e WHERE id = 11 INTERSECT SELECT n FROM e WHERE id = 12
;
SELECT n, kind FROM e WHERE u = 'calm' INTERSECT SELECT n, kind FROM e WHERE u IN ('alike', 'calm') EXCEPT SELECT 7::numeric, 'b'::text ORDER BY 1 DESC, 2
;
SELECT n FROM e WHERE u = 'first' AND id > 12 EXCEPT SELECT n FROM e WHERE u = 'calm'
;
-- key: u
SELECT u, n FROM e WHERE u <> 'first' UNION SELECT u, n + 1 FROM e WHERE u <> 'first'
;
-- key: u
SELECT u FROM e EXCEPT ALL SELECT u FROM people
;
SELECT u, kind FROM e INTERSECT ALL SELECT u, kind FROM loose WHERE kind <> 'a' ORDER BY 1, 2
;
SELECT u FROM loose EXCEPT ALL (SELECT u FROM people UNION ALL SELECT 'first')
;
-- refused
SELECT u, sum(w ORDER BY id) AS s FROM e GROUP BY u
;
SELECT u, sum(amount ORDER BY id) AS s FROM e GROUP BY u
;
-- key: u
SELECT u, CASE WHEN n > 2 THEN '1.0' ELSE '1' END AS v, count(*) AS c FROM e GROUP BY 1, 2
;
SELECT id FROM e WHERE CASE WHEN n = 1.5 THEN '-7.5' ELSE 'completed' END > 'ABC'
;
SELECT id, amount FROM e UNION ALL SELECT id, -amount FROM e
;
SELECT id, min(amount) FILTER (WHERE amount > 2) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM e
;
SELECT e.id, p.u FROM (e JOIN loose l ON l.u = e.u AND false) FULL JOIN people p ON p.u = e.u
;
SELECT e.id, p.u FROM (e JOIN loose l ON l.u = e.u AND l.amount > e.amount) FULL JOIN people p ON p.u = e.u
;
-- key: c
SELECT id, c, d, c = d AS same, c = 'ab' AS ab, c < d AS less, c::text AS t, c || '|' || d AS joined, length(c) AS n, octet_length(c) AS o, c LIKE 'ab' AS l, c LIKE 'ab%' AS p, upper(c) AS u, concat(c, '|') AS x, v = c AS vc, coalesce(c, d) AS e, c::char(2) AS cut, v::char(8) AS padded, c IN ('ab ', 'b') AS i, c::varchar AS vv, md5(c) AS m, c ~ ' $' AS r FROM chars
;
SELECT c, count(*) AS n, min(d) AS low, max(d) AS high, count(DISTINCT d) AS k, string_agg(d, ',' ORDER BY d DESC) AS l, array_agg(c ORDER BY d) AS a, mode() WITHIN GROUP (ORDER BY c) AS m FROM chars GROUP BY c ORDER BY c DESC
;
SELECT a.id, b.id AS other, rank() OVER (PARTITION BY a.c ORDER BY b.d) AS r FROM chars a JOIN chars b ON a.c = b.d
;
SELECT c FROM chars INTERSECT SELECT d::char(4) FROM chars ORDER BY 1
;
SELECT a.id, b.id AS other FROM e a JOIN e b ON a.n = b.n
;
SELECT a.id, b.id AS other FROM e a JOIN e b ON a.span = b.span
;
-- prints: 0
SELECT max(n) AS m FROM e WHERE id IN (11, 12)
;
SELECT u, max(n) AS m, min(span) AS s, mode() WITHIN GROUP (ORDER BY n) AS o FROM e WHERE u <> 'first' GROUP BY u
;
-- prints: 0
SELECT mode() WITHIN GROUP (ORDER BY n) AS m FROM e WHERE u = 'first'
;
-- prints: 0
SELECT percentile_disc(0.1) WITHIN GROUP (ORDER BY span) AS m FROM e WHERE u = 'first'
;
-- prints: 0
SELECT sum(DISTINCT n) AS s FROM e WHERE u = 'first'
;
SELECT sum(DISTINCT n) AS s, avg(DISTINCT n) AS a FROM e WHERE u = 'calm'
;
-- prints: 0
SELECT id, max(n) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM e WHERE u = 'first'
;
SELECT id, max(n) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM e WHERE u = 'calm'
;
SELECT a.id AS k, b.n::text < b.u AS less, b.span::text > 'a' AS more FROM e a JOIN e b ON b.id = a.id + 1
;
SELECT kind FROM e WHERE u = 'calm' ORDER BY kind LIMIT 3
;
-- ties: 0
SELECT kind, id FROM e WHERE u = 'calm' ORDER BY kind LIMIT 1
;
SELECT kind FROM e WHERE u = 'calm' ORDER BY kind OFFSET 1 LIMIT 3
;
SELECT DISTINCT ON (u) u, at, kind FROM e WHERE u = 'alike' ORDER BY u, at
;
SELECT id, kind FROM e ORDER BY kind FETCH FIRST 3 ROWS WITH TIES
;
SELECT u, kind, count(*) AS c, rank() OVER (PARTITION BY grouping(u, kind) ORDER BY count(*) DESC) AS r, grouping(u) AS g FROM e GROUP BY ROLLUP (u, kind) ORDER BY g, r, u, kind
;
SELECT id, n > ALL (SELECT amount FROM loose WHERE kind = 'b') AS a, n < ANY (SELECT amount FROM loose WHERE kind = 'zz') AS b, n >= ANY (SELECT NULL::numeric FROM loose) AS c, n <= ALL (SELECT amount FROM loose WHERE false) AS d FROM e
;
-- key: u
WITH RECURSIVE t(u, d, x) AS (SELECT u, 1, n FROM e WHERE u = 'calm' UNION ALL SELECT u, d + 1, x * 1.5 FROM t WHERE d < 4) SELECT * FROM t
;
WITH RECURSIVE t AS (SELECT 1 AS i UNION SELECT (i * 2) % 11 FROM t) SELECT t.i, e.u FROM t LEFT JOIN e ON e.id = t.i WHERE t.i > 2
;
-- refused
WITH RECURSIVE t AS (SELECT 1 AS i UNION ALL SELECT max(i) FROM (SELECT i + 1 AS i FROM t WHERE i < 3) s HAVING max(i) IS NOT NULL) SELECT * FROM t
;
SELECT e.id, x.s, y.v FROM e CROSS JOIN LATERAL (SELECT e.amount * 2 AS s) x LEFT JOIN LATERAL (SELECT x.s + e.id AS v) y ON true
;
SELECT e.id, x.c FROM e LEFT JOIN LATERAL (SELECT count(*) AS c FROM loose l WHERE l.u = e.u) x ON x.c > 4
;
SELECT e.id, l.kind FROM e LEFT JOIN LATERAL (SELECT l.kind, l.amount FROM loose l WHERE l.u = e.u AND l.amount > e.amount) l ON l.amount < 5
;
SELECT e.id, x.a, x.b FROM e CROSS JOIN LATERAL (VALUES (e.id, 'i'), (e.id * 2, 'd')) x(a, b)
;
-- key: m
SELECT id, m, m > 'ok' AS better, m = other AS same, m < other AS less, m::text || '!' AS t, m IN ('sad', 'a b') AS i, coalesce(m, 'Happy') AS c, CASE m WHEN 'ok' THEN 1 ELSE 0 END AS k, concat(m, '?') AS x, rank() OVER (ORDER BY m DESC) AS r, to_json(m) AS j FROM feelings
;
SELECT m, count(*) AS n, count(DISTINCT other) AS d, string_agg(other::text, ',' ORDER BY other, id) AS l FROM feelings GROUP BY m ORDER BY m NULLS FIRST
;
SELECT DISTINCT ON (m) m, id FROM feelings ORDER BY m, id
;
SELECT m FROM feelings ORDER BY m DESC, id LIMIT 3
;
SELECT other, max(m) AS top, min(m) FILTER (WHERE id > 1) AS low FROM feelings GROUP BY other
;
-- prints: 0
SELECT round(x.v) AS r FROM (VALUES ('-0.4'::double precision), ('0.4'::double precision)) x(v) JOIN e ON e.id = 1 GROUP BY round(x.v)
;
-- prints: 0
SELECT DISTINCT e.w - e.w AS z, (e.w - e.w) * (e.id - 2) AS d FROM e WHERE e.id < 4
;
-- prints: 0
SELECT max((w - w) * (id - 2)) AS m FROM e WHERE id < 4
;
SELECT round(w) AS r, count(*) AS c FROM e GROUP BY round(w) ORDER BY 1
;
SELECT id AS k, (false AND interval '7 days' > interval '1 day') AS c, 8 AS d FROM e ORDER BY 1, 2 LIMIT 12
;
SELECT count(*) AS n, (true OR interval '7 days' > interval '1 day') AS c FROM e GROUP BY 2
;
-- key: id
-- ties: 3
SELECT id, u, kind FROM e ORDER BY u, at LIMIT 9
;
-- key: id
-- ties: 2
SELECT DISTINCT ON (u) u, id, kind FROM e ORDER BY u, at
;
-- rounds
SELECT u, kind, cardinality(array_agg(DISTINCT kind)) AS n, covar_pop(w * 3.3, 0.1) AS c, regr_sxy(0.1, w * 1.7) / 7 AS s, var_pop(0.1 + w / 1e17) AS v FROM e GROUP BY ROLLUP (u, kind)
;
-- prints: 0
SELECT corr(amount, 0.1) AS c FROM e
;
-- prints: 0
SELECT u, regr_slope(amount, 0.1 + id * 0) AS s, regr_intercept(amount, 0.1) AS i FROM (SELECT e.u, e.amount, e.id FROM e, generate_series(1, 4)) x GROUP BY u
;
-- prints: 0
SELECT regr_r2(0.1, amount) AS r FROM e
;
SELECT u, corr(amount, 5) AS c, regr_slope(amount, 0.25) AS s, regr_r2(amount, 3) AS r, regr_r2(3, amount) AS o, corr(amount, id) > 0 AS p FROM e GROUP BY u
