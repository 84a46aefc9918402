-- windows: running and moving sums by day
WITH daily AS (SELECT ss_item_sk, d_date, sum(ss_price) AS day_sum FROM store_sales, date_dim WHERE ss_date_sk = d_date_sk AND ss_item_sk < 20 GROUP BY ss_item_sk, d_date)
SELECT ss_item_sk, d_date, day_sum, sum(day_sum) OVER (PARTITION BY ss_item_sk ORDER BY d_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running,
  avg(day_sum) OVER (PARTITION BY ss_item_sk ORDER BY d_date ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving,
  max(day_sum) OVER (PARTITION BY ss_item_sk ORDER BY d_date RANGE BETWEEN interval '90 days' PRECEDING AND CURRENT ROW) AS top90
FROM daily
