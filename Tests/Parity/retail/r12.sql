-- set operations: customers of all channels
SELECT count(*) AS n FROM (
  SELECT DISTINCT c_last, c_first, d_date FROM store_sales, date_dim, customer WHERE ss_date_sk = d_date_sk AND ss_customer_sk = c_customer_sk AND d_year = 2000
  INTERSECT SELECT DISTINCT c_last, c_first, d_date FROM web_sales, date_dim, customer WHERE ws_date_sk = d_date_sk AND ws_customer_sk = c_customer_sk AND d_year = 2000) hot
