-- full join: orders and transactions by day
SELECT coalesce(o.day, t.day) AS day, o.n AS orders, t.n AS txns, coalesce(o.n, 0) + coalesce(t.n, 0) AS total FROM (SELECT order_ts::date AS day, count(*) AS n FROM orders GROUP BY 1) o FULL OUTER JOIN (SELECT ts::date AS day, count(*) AS n FROM transactions GROUP BY 1) t ON o.day = t.day
