-- json: counts by name
SELECT customer_id, jsonb_object_agg(status, n) AS by_status, json_object_agg(status, n ORDER BY status) AS sorted FROM (SELECT customer_id, status, count(*) AS n FROM orders GROUP BY 1, 2) t GROUP BY customer_id
