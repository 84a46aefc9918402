-- retention: did they come back within a week
SELECT customer_id, order_id, lead(order_ts) OVER w - order_ts <= interval '7 days' AS back, coalesce(lead(order_ts) OVER w, timestamp '2024-07-01') AS until, row_number() OVER w AS nth FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY order_ts, order_id)
