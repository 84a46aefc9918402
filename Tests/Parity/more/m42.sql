-- calendar: months of each customer, filled
SELECT c.customer_id, m::date AS month, coalesce(sum(o.amount), 0) AS spend, count(o.order_id) AS n FROM customers c CROSS JOIN generate_series(date '2023-01-01', date '2024-06-01', interval '1 month') AS m LEFT JOIN orders o ON o.customer_id = c.customer_id AND date_trunc('month', o.order_ts) = m WHERE c.tier = 3 GROUP BY c.customer_id, m
