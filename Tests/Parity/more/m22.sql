-- jsonb: keys counted
SELECT jsonb_object_keys(attrs) AS key, count(*) AS n FROM customers GROUP BY 1
