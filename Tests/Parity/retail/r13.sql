-- set operations: a parenthesised EXCEPT chain
(SELECT ss_customer_sk AS k FROM store_sales WHERE ss_qty > 50 EXCEPT SELECT ws_customer_sk FROM web_sales WHERE ws_qty > 60) EXCEPT (SELECT sr_customer_sk FROM store_returns INTERSECT SELECT ws_customer_sk FROM web_sales) ORDER BY k
