-- returns: customers above the average of their state
WITH ctr AS (SELECT sr_customer_sk AS k, s_store_sk AS st, sum(sr_amount) AS total FROM store_returns JOIN store_sales ON ss_ticket = sr_ticket AND ss_item_sk = sr_item_sk JOIN store ON s_store_sk = ss_store_sk GROUP BY 1, 2)
SELECT c_customer_id, total FROM ctr c1 JOIN customer ON c_customer_sk = k WHERE total > (SELECT avg(total) * 1.2 FROM ctr c2 WHERE c1.st = c2.st) ORDER BY c_customer_id, total LIMIT 100
