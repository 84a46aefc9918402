-- subqueries: IN, NOT IN, EXISTS and quantified comparisons
SELECT c_customer_id, c_last FROM customer c WHERE c_customer_sk IN (SELECT ss_customer_sk FROM store_sales WHERE ss_price > 150) AND c_customer_sk NOT IN (SELECT sr_customer_sk FROM store_returns WHERE sr_customer_sk IS NOT NULL)
  AND EXISTS (SELECT * FROM web_sales WHERE ws_customer_sk = c.c_customer_sk) AND (c_flags > ALL (SELECT i_manager FROM item WHERE i_manager < 4) OR c_flags < ANY (SELECT i_manager FROM item))
