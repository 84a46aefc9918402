-- calendar: a generated month spine joined to sales
SELECT m::date AS month, count(ss_ticket) AS n, coalesce(sum(ss_price), 0) AS revenue FROM generate_series(timestamp '2000-01-01', timestamp '2002-12-01', interval '1 month') AS m
LEFT JOIN store_sales ON ss_sold_at >= m AND ss_sold_at < m + interval '1 month' GROUP BY m ORDER BY m
