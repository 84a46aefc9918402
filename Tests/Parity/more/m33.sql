-- percentiles: by group, several
SELECT customer_id, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY duration_ms) AS q, percentile_disc(0.5) WITHIN GROUP (ORDER BY event_ts) AS mid, mode() WITHIN GROUP (ORDER BY event_type) AS usual FROM events GROUP BY customer_id
