-- range window: sums of the last 30 days by timestamp, orders of the same moment together
SELECT order_id, customer_id, count(*) OVER w AS n30, sum(amount) OVER w AS s30, max(amount) OVER w AS m30 FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY order_ts RANGE BETWEEN interval '30 days' PRECEDING AND CURRENT ROW)
