-- windows: count of distinct days, via dense_rank
SELECT customer_id, max(dr) AS active_days FROM (SELECT customer_id, dense_rank() OVER (PARTITION BY customer_id ORDER BY event_ts::date) AS dr FROM events) t GROUP BY customer_id
