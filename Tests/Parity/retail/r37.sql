-- calendar: WITH RECURSIVE by month
WITH RECURSIVE months(m) AS (SELECT date '2000-01-01' UNION ALL SELECT (m + interval '1 month')::date FROM months WHERE m < date '2001-12-01')
SELECT m, (SELECT count(*) FROM store_sales WHERE date_trunc('month', ss_sold_at) = m) AS n FROM months ORDER BY m
