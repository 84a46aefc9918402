-- `same`: PostgreSQL's answer does not depend on the order of rows, and the store gives it. `ties`: it does, or may, and the store says so.
-- `refused`: at compile time. {T} and {U} are rows (id, k, v, w), {a}, {b} and {c} values of v, of which {a} = {b}.
same SELECT k, v FROM {T} WHERE t.k = 3 EXCEPT ALL SELECT k, v FROM {U} WHERE u.k = 9
same SELECT v FROM {T} WHERE t.id IN (1,7,8) EXCEPT ALL SELECT v FROM {U} WHERE u.id = 1
same SELECT v FROM {T} WHERE t.id IN (2,4) INTERSECT ALL SELECT v FROM {U} WHERE u.id in (1,3)
same SELECT DISTINCT v::text AS v FROM {T}
same SELECT DISTINCT ON (v) v, k FROM {T} ORDER BY v, id
same SELECT DISTINCT ON (v) id, w FROM {T} ORDER BY v, w
same SELECT DISTINCT ON (k, v) k, w FROM {T} ORDER BY k, v, id
same SELECT count(*) AS n, sum(w) AS s FROM {T} GROUP BY v
same SELECT mode() WITHIN GROUP (ORDER BY w % 20) AS m FROM {T}
same SELECT k, percentile_disc(0.2) WITHIN GROUP (ORDER BY v DESC) AS m FROM {T} GROUP BY k
same SELECT string_agg(DISTINCT v::text, ',') AS a FROM {T}
same SELECT array_agg(w ORDER BY v, w) AS a FROM {T}
same SELECT array_agg(v ORDER BY v, w) AS a FROM {T}
same SELECT count(DISTINCT v) AS a FROM {T}
same SELECT id, first_value(w) OVER (PARTITION BY v ORDER BY id) AS a FROM {T}
same SELECT id, last_value(v) OVER (PARTITION BY v ORDER BY id) AS a FROM {T}
same SELECT id, lead(v) OVER (PARTITION BY k ORDER BY id) AS a FROM {T}
same SELECT id, rank() OVER (ORDER BY v) AS a FROM {T}
same SELECT id, max(v) OVER (PARTITION BY k) AS a FROM {T}
same SELECT id, count(*) OVER (PARTITION BY v) AS a FROM {T}
same SELECT k FROM {T} ORDER BY v LIMIT 7
same SELECT v FROM {T} ORDER BY v FETCH FIRST 3 ROWS WITH TIES
same SELECT v, t.id FROM {T} JOIN {U} USING (v)
same SELECT v, t.id FROM {T} LEFT JOIN {U} USING (v)
same SELECT v, t.id, u.id AS uid FROM {T} RIGHT JOIN {U} USING (v)
same SELECT v, t.id, u.id AS uid FROM {T} FULL JOIN {U} USING (v)
same SELECT v FROM {T} FULL JOIN {U} USING (v)
same SELECT v, k FROM {T} FULL JOIN {U} USING (v, k)
same SELECT v, x.a, y.b FROM (SELECT v, id AS a FROM {T}) x NATURAL JOIN (SELECT v, id AS b FROM {U}) y
same SELECT t.v, u.v AS uv FROM {T} JOIN {U} USING (v)
same SELECT id, CASE v WHEN {a} THEN v ELSE {b} END AS a FROM {T}
same SELECT id, nullif(v, {a}) AS a, nullif({b}, v) AS b FROM {T}
same SELECT id FROM {T} WHERE v IN ({a}, {c})
same SELECT id, v FROM {T} WHERE v IN (SELECT v FROM {U})
same SELECT id, v FROM {T} WHERE (k, v) IN (SELECT k, v FROM {U})
same SELECT id, v FROM {T} WHERE v NOT IN (SELECT v FROM {U} WHERE u.v IS NOT NULL AND u.id = 2)
same SELECT id FROM {T} WHERE v = ANY (ARRAY[{a}, {c}])
same SELECT id, (SELECT max(u.v) FROM {U} WHERE u.k = t.k) AS a FROM {T}
same SELECT id, v FROM {T} WHERE v = {a}
same SELECT t.v AS tv FROM {T} JOIN {U} ON t.v = u.v WHERE u.v = {b}
same SELECT id, EXISTS (SELECT 1 FROM {U} WHERE u.v = t.v) AS e FROM {T}
same SELECT coalesce(t.v, u.v) AS v FROM {T} FULL JOIN {U} ON t.v = u.v
same SELECT id FROM {T} WHERE (v, k) = ({b}, 1)
ties SELECT k, v FROM {T} UNION ALL SELECT k, v FROM {T} EXCEPT ALL SELECT k, v FROM {U}
ties SELECT k, v FROM {T} EXCEPT ALL SELECT k, v FROM {U}
ties SELECT v FROM {T} EXCEPT ALL SELECT v FROM {U}
ties SELECT v FROM {T} EXCEPT ALL SELECT v FROM {U} WHERE u.id > 100
ties SELECT k, v FROM {T} INTERSECT ALL SELECT k, v FROM {U}
ties SELECT v FROM {T} INTERSECT ALL SELECT v FROM {U}
ties SELECT v FROM {U} INTERSECT ALL SELECT v FROM {T}
ties SELECT k, v FROM {T} EXCEPT SELECT k, v FROM {U}
ties SELECT v FROM {T} EXCEPT SELECT v FROM {U} WHERE u.id = 2
ties SELECT k, v FROM {T} INTERSECT SELECT k, v FROM {U}
ties SELECT k, v FROM {T} UNION SELECT k, v FROM {U}
ties SELECT v::text AS v FROM (SELECT v FROM {T} UNION SELECT v FROM {U}) x
ties SELECT DISTINCT k, v FROM {T}
ties SELECT DISTINCT v FROM {T}
ties SELECT DISTINCT ON (v) v FROM {T} ORDER BY v
ties SELECT v, count(*) AS n FROM {T} GROUP BY v
ties SELECT k, v, count(*) AS n FROM {T} GROUP BY k, v
ties SELECT v::text AS v, count(*) AS n FROM {T} GROUP BY v
ties SELECT CASE WHEN count(*) > 2 THEN v END AS c FROM {T} GROUP BY v
ties SELECT coalesce(v, v) AS c FROM {T} GROUP BY coalesce(v, v)
ties SELECT k, v, count(*) AS n FROM {T} GROUP BY ROLLUP (v, k)
ties SELECT x.v, t2.w FROM (SELECT v, min(id) AS id FROM {T} GROUP BY v) x JOIN {T2} ON t2.id = x.id
ties SELECT min(v) AS a, max(v) AS b FROM {T}
ties SELECT k, min(v) AS a, max(v) AS b FROM {T} GROUP BY k
ties SELECT k, min(v)::text AS a FROM {T} GROUP BY k
ties SELECT k, mode() WITHIN GROUP (ORDER BY v) AS m FROM {T} GROUP BY k
ties SELECT mode() WITHIN GROUP (ORDER BY v DESC) AS m FROM {T}
ties SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY v) AS m FROM {T}
ties SELECT percentile_disc(ARRAY[0.1, 0.5, 1.0]) WITHIN GROUP (ORDER BY v) AS m FROM {T}
ties SELECT array_agg(DISTINCT v) AS a FROM {T}
ties SELECT k, array_agg(DISTINCT v ORDER BY v DESC) AS a FROM {T} GROUP BY k
ties SELECT array_agg(v ORDER BY v) AS a FROM {T}
ties SELECT array_agg(w ORDER BY v) AS a FROM {T}
ties SELECT json_agg(v ORDER BY v) AS a FROM {T}
ties SELECT json_object_agg(w, v ORDER BY v) AS a FROM {T}
ties SELECT jsonb_object_agg(k, v ORDER BY v) AS a FROM {T} WHERE t.id IN (1,4,7)
ties SELECT avg(DISTINCT v) AS a FROM {T}
ties SELECT id, first_value(v) OVER (ORDER BY k) AS a FROM {T}
ties SELECT id, first_value(v) OVER (ORDER BY v) AS a FROM {T}
ties SELECT id, last_value(v) OVER (ORDER BY v RANGE UNBOUNDED PRECEDING) AS a FROM {T}
ties SELECT id, nth_value(v, 2) OVER (ORDER BY v) AS a FROM {T}
ties SELECT id, nth_value(v, 2) OVER (ORDER BY v GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS a FROM {T}
ties SELECT id, lag(v) OVER (ORDER BY v) AS a FROM {T}
ties SELECT id, lag(w) OVER (ORDER BY v) AS a FROM {T}
ties SELECT id, row_number() OVER (ORDER BY v) AS a FROM {T}
ties SELECT v, row_number() OVER (PARTITION BY v ORDER BY v) AS a FROM {T}
ties SELECT id, ntile(3) OVER (ORDER BY v) AS a FROM {T}
ties SELECT id, sum(w) OVER (ORDER BY v ROWS 1 PRECEDING) AS a FROM {T}
ties SELECT v, sum(w) OVER (PARTITION BY v ORDER BY v ROWS UNBOUNDED PRECEDING) AS a FROM {T}
ties SELECT id, min(v) OVER (ORDER BY id ROWS 2 PRECEDING) AS a FROM {T}
ties SELECT id, v FROM {T} ORDER BY v LIMIT 3
ties SELECT v FROM {T} ORDER BY v LIMIT 3
ties SELECT v FROM {T} ORDER BY v OFFSET 1
ties SELECT (SELECT v FROM {T} ORDER BY v LIMIT 1) AS a
ties SELECT CASE WHEN k > 1 THEN v ELSE {a} END AS c, count(*) AS n FROM {T} GROUP BY 1
ties SELECT v, count(*) AS n FROM (SELECT k, CASE WHEN k = 1 THEN v ELSE v END AS v FROM {T}) x GROUP BY v
ties SELECT DISTINCT v FROM (SELECT v FROM {T} ORDER BY id LIMIT 2) x
ties WITH c AS MATERIALIZED (SELECT v FROM {T}) SELECT DISTINCT v FROM c
ties SELECT v, count(*) AS n FROM (SELECT lag(v) OVER (ORDER BY id) AS v FROM {T}) x GROUP BY v
ties SELECT m, count(*) AS n FROM (SELECT k, max(v) AS m FROM {T} WHERE t.id <> 1 AND t.id <> 5 GROUP BY k) x GROUP BY m
ties SELECT m, count(*) AS n FROM (SELECT id, (SELECT u.v FROM {U} WHERE u.id = 1) AS m FROM {T} WHERE t.id = 1 UNION ALL SELECT id, v FROM {T} WHERE t.id = 1) x GROUP BY m
refused SELECT id, last_value(v) OVER (PARTITION BY k) AS a FROM {T}
refused SELECT v, row_number() OVER (PARTITION BY v) AS a FROM {T}
refused WITH RECURSIVE r(v) AS (SELECT v FROM {T} UNION SELECT u.v FROM r JOIN {U} ON u.v = r.v) SELECT v FROM r
ties SELECT t.id, x.v FROM {T}, LATERAL (SELECT u.v FROM {U} WHERE u.v = t.v ORDER BY u.v LIMIT 1) x
