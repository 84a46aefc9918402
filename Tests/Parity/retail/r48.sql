-- arrays: of a sub-query
SELECT c_customer_sk, ARRAY(SELECT ss_ticket FROM store_sales WHERE ss_customer_sk = c_customer_sk AND ss_qty > 80 ORDER BY ss_ticket) AS tickets FROM customer WHERE c_customer_sk < 40
