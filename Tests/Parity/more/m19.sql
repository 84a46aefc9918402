-- jsonb: elements of arrays, aggregated again
SELECT customer_id, count(*) AS n, string_agg(t, ',' ORDER BY t) AS tags, bool_or(t = 'a') AS has_a, array_agg(DISTINCT t ORDER BY t) AS uniq FROM customers CROSS JOIN LATERAL jsonb_array_elements_text(attrs->'tags') AS t GROUP BY customer_id
