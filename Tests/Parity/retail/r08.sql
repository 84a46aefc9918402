-- windows: every ranking function
SELECT c_customer_id, n, rank() OVER w AS r, dense_rank() OVER w AS dr, percent_rank() OVER w AS pr, cume_dist() OVER w AS cd,
  ntile(4) OVER (ORDER BY n DESC, c_customer_id) AS quartile, row_number() OVER (ORDER BY n DESC, c_customer_id) AS rn
FROM (SELECT c_customer_id, count(*) AS n FROM store_sales JOIN customer ON ss_customer_sk = c_customer_sk GROUP BY c_customer_id) t WINDOW w AS (ORDER BY n DESC)
