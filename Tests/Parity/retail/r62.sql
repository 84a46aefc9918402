-- scalar subqueries: buckets of counts and averages
SELECT CASE WHEN (SELECT count(*) FROM store_sales WHERE ss_qty BETWEEN 1 AND 20) > 400 THEN (SELECT avg(ss_discount) FROM store_sales WHERE ss_qty BETWEEN 1 AND 20) ELSE (SELECT avg(ss_profit) FROM store_sales WHERE ss_qty BETWEEN 1 AND 20) END AS bucket1,
  (SELECT avg(ss_price) FROM store_sales WHERE ss_qty BETWEEN 21 AND 40) AS bucket2 FROM store WHERE s_store_sk = 1
