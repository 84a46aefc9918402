-- bins: width_bucket over customers, ntile over totals
SELECT customer_id, width_bucket(total, 0, 10000, 10) AS bin, ntile(5) OVER (ORDER BY total, customer_id) AS quintile, CASE WHEN total > 5000 THEN 'high' WHEN total > 1000 THEN 'mid' ELSE 'low' END AS band FROM (SELECT customer_id, sum(amount) AS total FROM orders GROUP BY customer_id) t
