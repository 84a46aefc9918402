-- streaks: consecutive orders of one status
SELECT customer_id, status, count(*) AS length, min(order_ts) AS since FROM (SELECT customer_id, status, order_ts, row_number() OVER (PARTITION BY customer_id ORDER BY order_ts, order_id) - row_number() OVER (PARTITION BY customer_id, status ORDER BY order_ts, order_id) AS island FROM orders) t GROUP BY customer_id, status, island HAVING count(*) > 1
