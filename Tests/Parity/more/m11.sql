-- intervals: avg and sum
SELECT customer_id, avg(d) AS a, sum(d) AS s, max(d) AS m FROM (SELECT customer_id, order_ts - lag(order_ts) OVER (PARTITION BY customer_id ORDER BY order_ts, order_id) AS d FROM orders) t GROUP BY customer_id
