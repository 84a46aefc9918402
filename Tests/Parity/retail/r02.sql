-- cube: margins over state and year
SELECT s_state, d_year, count(*) AS n, avg(ss_qty) AS avg_qty, sum(ss_price * ss_qty) AS turnover, grouping(s_state, d_year) AS g
FROM store_sales, store, date_dim WHERE ss_store_sk = s_store_sk AND ss_date_sk = d_date_sk GROUP BY CUBE (s_state, d_year) ORDER BY g, s_state, d_year
