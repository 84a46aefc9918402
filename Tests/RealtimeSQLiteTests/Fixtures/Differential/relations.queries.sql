-- key: user_id
-- key: name
SELECT u.user_id, u.name, count(q.quote_id) AS n_quotes, count(*) FILTER (WHERE q.is_binded) AS n_bound, avg(q.binding_date - q.creation_date) AS avg_delay, max(q.creation_date) AS last_quote, sum(CASE WHEN q.is_paid THEN 1 ELSE 0 END) AS n_paid FROM users u LEFT JOIN quotes q ON q.user_id = u.user_id GROUP BY u.user_id, u.name
;
-- key: user_id
SELECT u.user_id, x.n, x.s, coalesce(x.a, 0) AS a FROM users u LEFT JOIN (SELECT user_id, count(*) AS n, sum(price) AS s, avg(price) AS a FROM quotes GROUP BY user_id) x ON x.user_id = u.user_id
;
-- key: user_id
WITH q AS (SELECT user_id, count(*) AS n FROM quotes GROUP BY 1), p AS (SELECT user_id, max(made) AS last FROM quotes WHERE is_paid GROUP BY 1)
SELECT u.user_id, coalesce(q.n, 0) AS n, p.last FROM users u LEFT JOIN q USING (user_id) LEFT JOIN p ON p.user_id = u.user_id
;
-- key: user_id
WITH s AS (SELECT user_id, sum(price) AS total FROM quotes GROUP BY user_id)
SELECT s.user_id, s.total, s.total / (SELECT max(total) FROM s) AS rel, s.total - (SELECT avg(total) FROM s) AS over FROM s
;
-- key: user_id
SELECT user_id, quote_id, row_number() OVER (PARTITION BY user_id ORDER BY creation_date DESC) AS rn, lag(price) OVER (PARTITION BY user_id ORDER BY creation_date) AS previous, sum(price) OVER (PARTITION BY user_id ORDER BY creation_date ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving FROM quotes
;
-- key: user_id
SELECT user_id, count(*) OVER (PARTITION BY user_id ORDER BY made RANGE BETWEEN interval '2 days' PRECEDING AND CURRENT ROW) AS n2, avg(weight) OVER (PARTITION BY user_id ORDER BY made RANGE BETWEEN interval '1 day' PRECEDING AND interval '12 hours' FOLLOWING) AS w FROM quotes
;
-- key: quote_id
SELECT quote_id, rank() OVER (ORDER BY price DESC) AS r, dense_rank() OVER (ORDER BY quote_type) AS dr, ntile(4) OVER (ORDER BY creation_date) AS nt, percent_rank() OVER (ORDER BY price) AS pr, cume_dist() OVER (ORDER BY price) AS cd FROM quotes
;
SELECT quote_id, first_value(quote_id) OVER w AS f, last_value(quote_id) OVER w AS l, nth_value(quote_id, 2) OVER w AS n2, lead(quote_id, 2, 'none') OVER w AS ld FROM quotes WINDOW w AS (PARTITION BY quote_type ORDER BY creation_date)
;
SELECT user_id, sum(count(*)) OVER (ORDER BY user_id) AS running, rank() OVER (ORDER BY sum(price) DESC, user_id) AS r FROM quotes GROUP BY user_id
;
-- key: user_id
SELECT DISTINCT ON (user_id) user_id, quote_id, price FROM quotes ORDER BY user_id, creation_date DESC, quote_id
;
SELECT DISTINCT quote_type, quote_device FROM quotes
;
-- key: user_id
SELECT u.user_id, t.quote_id, t.price FROM users u CROSS JOIN LATERAL (SELECT q.quote_id, q.price FROM quotes q WHERE q.user_id = u.user_id ORDER BY q.price DESC, q.quote_id LIMIT 2) t
;
-- key: user_id
SELECT u.user_id, t.quote_id FROM users u LEFT JOIN LATERAL (SELECT q.quote_id FROM quotes q WHERE q.user_id = u.user_id AND q.creation_date > u.creation_date ORDER BY q.creation_date DESC LIMIT 1) t ON true
;
-- key: user_id
SELECT u.user_id, t.n, t.s FROM users u, LATERAL (SELECT count(*) AS n, sum(price) AS s FROM quotes q WHERE q.user_id = u.user_id) t
;
-- key: user_id
SELECT u.user_id, t.quote_type, t.n FROM users u LEFT JOIN LATERAL (SELECT quote_type, count(*) AS n FROM quotes q WHERE q.user_id = u.user_id GROUP BY quote_type) t ON t.n > 1
;
SELECT quote_type, quote_device, count(*) AS n, sum(price) AS s, grouping(quote_type, quote_device) AS g FROM quotes GROUP BY ROLLUP (quote_type, quote_device)
;
-- key: quote_type
SELECT quote_type, quote_device, is_paid, count(*) AS n FROM quotes GROUP BY quote_type, CUBE (quote_device, is_paid)
;
SELECT quote_type, count(*) AS n FROM quotes GROUP BY GROUPING SETS ((quote_type), ()) HAVING count(*) > 1
;
-- key: user_id
SELECT user_id, string_agg(quote_type, ',' ORDER BY creation_date DESC) AS path, array_agg(price ORDER BY creation_date) AS prices, string_agg(DISTINCT quote_type, '|' ORDER BY quote_type) AS kinds FROM quotes GROUP BY user_id
;
-- key: user_id
SELECT user_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY weight) AS med, percentile_disc(0.9) WITHIN GROUP (ORDER BY price) AS p90, mode() WITHIN GROUP (ORDER BY quote_type) AS m FROM quotes GROUP BY user_id
;
-- key: user_id
SELECT user_id, stddev(price) AS a, variance(price) AS b, var_pop(price) AS c, stddev_pop(length(quote_id)) AS d, bool_and(is_paid) AS e, bool_or(is_paid) AS f, every(is_binded) AS g, min(quote_type) AS h, max(made) AS i, count(DISTINCT quote_type) AS l, sum(DISTINCT price) AS o FROM quotes GROUP BY user_id
;
SELECT count(*) AS a, sum(price) AS b, avg(price) AS c, min(price) AS d, max(weight) AS e, sum(price) FILTER (WHERE is_paid) AS f, avg(length(quote_id)) AS g, sum(length(quote_id)::bigint) AS h FROM quotes
;
SELECT count(*) AS n, sum(price) AS s, max(quote_id) AS m FROM quotes WHERE false
;
SELECT 1 AS one FROM quotes HAVING true
;
-- key: user_id
SELECT user_id, creation_date AS at FROM users UNION ALL SELECT user_id, price FROM quotes
;
-- key: user_id
SELECT user_id FROM users EXCEPT SELECT user_id FROM quotes
;
SELECT user_id FROM users INTERSECT SELECT user_id FROM quotes UNION SELECT 'extra'
;
-- key: user_id
SELECT u.user_id, u.user_id IN (SELECT user_id FROM quotes WHERE is_paid) AS payer, EXISTS (SELECT 1 FROM quotes q WHERE q.user_id = u.user_id AND q.price > 50) AS rich, u.user_id NOT IN (SELECT user_id FROM quotes) AS ni, (SELECT max(price) FROM quotes q WHERE q.user_id = u.user_id) AS m FROM users u
;
-- fails: 21000
SELECT u.user_id, (SELECT quote_id FROM quotes q WHERE q.user_id = u.user_id) AS x FROM users u
;
-- key: user_id
SELECT user_id, u.name, q.quote_id FROM users u FULL JOIN quotes q USING (user_id)
;
SELECT u.user_id, q.quote_id FROM quotes q RIGHT JOIN users u ON u.user_id = q.user_id AND q.price > 0
;
-- key: user_id
SELECT a.user_id, a.quote_id, b.quote_id AS other FROM quotes a JOIN (quotes b JOIN users u ON u.user_id = b.user_id) ON a.user_id = b.user_id AND a.creation_date < b.creation_date
;
SELECT d::date AS day, count(q.quote_id) AS n, coalesce(sum(q.price), 0) AS revenue FROM generate_series(timestamp '2024-01-30', timestamp '2024-02-12', interval '1 day') AS d LEFT JOIN quotes q ON q.made >= d AND q.made < d + interval '1 day' GROUP BY 1
;
SELECT i, i * 2 AS j FROM generate_series(1, 5) i
;
SELECT v.a, v.b, q.n FROM (VALUES (1, 'home'), (2, 'car'), (3, NULL)) v(a, b) LEFT JOIN (SELECT quote_type, count(*) AS n FROM quotes GROUP BY quote_type) q ON q.quote_type = v.b
;
SELECT quote_id, price FROM quotes ORDER BY price, quote_id LIMIT 7
;
SELECT quote_id, price FROM quotes ORDER BY price DESC NULLS LAST, quote_id LIMIT 5 OFFSET 3
;
-- key: user_id
SELECT user_id, date_trunc('month', made) AS month, sum(price) AS revenue, count(DISTINCT quote_device) AS devices FROM quotes GROUP BY 1, 2
;
-- key: user_id
SELECT q.user_id, sum(length(q.quote_id)) / count(*) AS int_avg, sum(length(q.quote_id)) * 1.0 / count(*) AS num_avg, sum(length(q.quote_id) * q.price) / sum(length(q.quote_id)) AS wavg FROM quotes q GROUP BY q.user_id
;
-- key: user_id
SELECT user_id, CASE WHEN count(*) > 5 THEN 'many' ELSE 'few' END AS band, to_timestamp(max(creation_date)) AS last_at, max(creation_date)::bigint AS epoch, round(avg(price), 2) AS avg_price FROM quotes GROUP BY user_id HAVING count(*) > 1
;
SELECT * FROM (SELECT user_id, row_number() OVER (PARTITION BY user_id ORDER BY creation_date DESC) AS rn, quote_id FROM quotes) x WHERE rn = 1
;
-- key: user_id
SELECT user_id, quote_id FROM quotes WHERE quote_id IN (SELECT quote_id FROM quotes WHERE is_paid) AND price > (SELECT avg(price) FROM quotes)
;
SELECT 'true story about feature_store.users; -- ' || name AS x FROM users
;
SELECT corr(weight, price::float8) AS c, covar_pop(weight, weight) AS cp, regr_slope(weight, weight) AS s, regr_count(weight, price::float8) AS n FROM quotes WHERE price IS NOT NULL
;
-- a key of the set may be made of a key that is not in it
SELECT length(user_id) AS n, user_id, length(user_id) % 2 AS odd, count(*) AS c FROM quotes GROUP BY GROUPING SETS ((user_id, length(user_id)), (length(user_id)), (length(user_id) % 2))
;
-- constants and expressions of a LATERAL item are null where it has no row
-- key: user_id
SELECT u.user_id, l.label, l.twice, l.price FROM users u LEFT JOIN LATERAL (SELECT 'paid' AS label, coalesce(q.price, 0) * 2 AS twice, q.price FROM quotes q WHERE q.user_id = u.user_id AND q.is_paid) l ON true
;
-- and where an outer join around it finds none
SELECT u.user_id, q.quote_id, l.dear FROM users u LEFT JOIN (quotes q CROSS JOIN LATERAL (SELECT coalesce(q.price, 0) > 10 AS dear) l) ON q.user_id = u.user_id AND q.is_paid
;
SELECT u.user_id, q.quote_id, l.dear FROM (quotes q CROSS JOIN LATERAL (SELECT coalesce(q.price, 0) > 10 AS dear) l) RIGHT JOIN users u ON q.user_id = u.user_id AND q.is_paid
;
-- refused
SELECT substring(name FROM '(.)\1') AS twice FROM users
;
SELECT user_id, json_extract_path_text(j, 'a', '1') AS second, jsonb_extract_path(j::jsonb, 'b') AS b, json_extract_path(j, 'a') AS a, jsonb_extract_path_text(j::jsonb, 'b', name) AS none, cardinality(ARRAY[price, 1.5]) AS n FROM (SELECT u.user_id, u.name, q.price, json_build_object('a', json_build_array(1, u.name), 'b', q.price) AS j FROM users u JOIN quotes q ON q.user_id = u.user_id) t
;
-- SQLite 3.40 drops the first term's WHERE unless the FULL JOIN stands in a sub-select
WITH both_sides AS (SELECT u.user_id AS k FROM users u JOIN quotes q ON q.user_id = u.user_id WHERE q.price < -1000 UNION ALL SELECT q.user_id FROM quotes q FULL JOIN users u ON u.user_id = q.user_id), rest AS (SELECT k, 1 AS one FROM both_sides WHERE k IS NULL OR k <> 'u3') SELECT k, one FROM rest
;
-- What nothing refers to is not computed, and cannot fail.
-- key: user_id
SELECT u.user_id, x.n FROM users u LEFT JOIN (SELECT user_id, count(*) AS n, max(1 / (length(quote_id) - length(quote_id))) AS bad FROM quotes GROUP BY user_id) x ON x.user_id = u.user_id
;
-- key: user_id
WITH x AS (SELECT user_id, count(*) AS n, exp(1000000 * count(*)) AS bad FROM quotes GROUP BY user_id), y AS (SELECT user_id, n, bad + 1 AS worse FROM x) SELECT user_id, n FROM y
;
-- Rows that tie in the order and differ only in what nothing refers to are the same.
-- key: user_id
SELECT u.user_id, x.is_binded FROM users u LEFT JOIN (SELECT DISTINCT ON (user_id) user_id, quote_id, is_binded FROM quotes ORDER BY user_id, is_binded) x ON x.user_id = u.user_id
;
-- key: user_id
SELECT u.user_id, t.quote_type, t.n, t.s FROM users u LEFT JOIN LATERAL (SELECT quote_type, count(*) AS n, sum(price) AS s FROM quotes q WHERE q.user_id = u.user_id AND q.creation_date > u.creation_date GROUP BY quote_type) t ON true
;
-- key: user_id
SELECT u.user_id, t.quote_id, t.w, t.rn FROM users u CROSS JOIN LATERAL (SELECT q.quote_id, q.weight AS w, row_number() OVER (ORDER BY q.price, q.quote_id) AS rn FROM quotes q JOIN users o ON o.user_id = q.user_id WHERE q.creation_date > u.creation_date ORDER BY q.weight DESC, q.quote_id LIMIT 3 OFFSET 1) t
;
-- key: user_id
SELECT u.user_id, t.a, t.b FROM users u CROSS JOIN LATERAL unnest(ARRAY[u.user_id, 'x', u.name], ARRAY[1, 2]) AS t(a, b)
;
-- key: user_id
SELECT user_id, unnest(ARRAY['a', 'b', 'c']) AS kind, unnest(ARRAY[creation_date, 1.5]) AS value FROM users
;
-- key: user_id
SELECT u.user_id, m[1] AS first, n FROM users u, regexp_matches(u.name, '(\w)\w', 'g') WITH ORDINALITY AS r(m, n)
;
-- key: user_id
SELECT user_id, array_agg(quote_id) AS ids, string_agg(quote_type, '>') AS path, json_agg(price) AS prices FROM (SELECT * FROM quotes ORDER BY user_id, made DESC, quote_id) q GROUP BY user_id
;
-- refused
SELECT user_id, array_agg(quote_id) AS ids FROM (SELECT * FROM quotes ORDER BY made, quote_id) q GROUP BY user_id
;
-- refused
SELECT user_id, array_agg(quote_id) AS ids, array_agg(price ORDER BY price, quote_id) AS prices FROM (SELECT * FROM quotes ORDER BY user_id, made, quote_id) q GROUP BY user_id
;
-- key: user_id
SELECT u.user_id, (SELECT array_agg(t.price) FROM (SELECT price FROM quotes q WHERE q.user_id = u.user_id ORDER BY made DESC LIMIT 2) t) AS last FROM users u
;
-- key: user_id
SELECT user_id, count(DISTINCT (quote_type, is_paid)) AS kinds, count(DISTINCT (price * 1.00, made::date)) AS days FROM quotes GROUP BY user_id
;
-- key: user_id
SELECT user_id, EXISTS (SELECT FROM quotes q WHERE q.user_id = u.user_id AND q.is_paid) AS paid, hashtext(user_id) AS h, ('x' || md5(user_id))::bit(32)::int AS bucket FROM users u
;
-- key: user_id
SELECT u.user_id, r.a, r.b, r.c FROM users u CROSS JOIN LATERAL jsonb_to_recordset(jsonb_build_array(jsonb_build_object('a', u.name, 'b', u.creation_date), '{"a": "z", "c": null}'::jsonb)) AS r(a text, b numeric(14,1), c jsonb)
;
-- fails: 22023
SELECT u.user_id, r.a FROM users u CROSS JOIN LATERAL jsonb_to_recordset(jsonb_build_object('a', u.name)) AS r(a text)
;
-- key: quote_id
SELECT q.quote_id, x.top, x.paid, x.name FROM quotes q LEFT JOIN (SELECT user_id, name, (SELECT max(price) FROM quotes) AS top, EXISTS (SELECT 1 FROM quotes WHERE is_paid) AS paid FROM users) x ON x.user_id = q.user_id
;
-- key: quote_id
WITH g AS (SELECT user_id, (SELECT max(price) FROM quotes) AS top FROM users) SELECT q.quote_id, g.top FROM quotes q LEFT JOIN g ON g.user_id = q.user_id
;
-- refused
SELECT user_id, +weight AS w, weight, count(*) AS n FROM quotes GROUP BY GROUPING SETS ((user_id, weight), (user_id, +weight))
;
-- refused
SELECT user_id, count(DISTINCT (quote_type, 'x')) AS n FROM quotes GROUP BY user_id
;
-- key: user_id
SELECT user_id, count(*) AS n FROM (SELECT * FROM quotes ORDER BY user_id, made DESC, quote_id) q GROUP BY user_id ORDER BY string_agg(quote_id, ','), user_id
;
