-- filter: conditional aggregates by quarter, having
SELECT d_year, count(*) FILTER (WHERE d_qoy = 1) AS q1, sum(ss_price) FILTER (WHERE d_qoy = 2) AS q2, avg(ss_qty) FILTER (WHERE d_holiday) AS hol, max(ss_price) FILTER (WHERE ss_qty IS NULL) AS m FROM store_sales JOIN date_dim ON ss_date_sk = d_date_sk GROUP BY d_year HAVING count(*) FILTER (WHERE d_qoy = 3) > 1
