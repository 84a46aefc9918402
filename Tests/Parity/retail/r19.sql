-- full outer join: counted overlap
WITH ssci AS (SELECT ss_customer_sk AS customer_sk, ss_item_sk AS item_sk FROM store_sales GROUP BY 1, 2), wsci AS (SELECT ws_customer_sk AS customer_sk, ws_item_sk AS item_sk FROM web_sales GROUP BY 1, 2)
SELECT sum(CASE WHEN ssci.customer_sk IS NOT NULL AND wsci.customer_sk IS NULL THEN 1 ELSE 0 END) AS store_only, sum(CASE WHEN ssci.customer_sk IS NULL AND wsci.customer_sk IS NOT NULL THEN 1 ELSE 0 END) AS web_only,
  sum(CASE WHEN ssci.customer_sk IS NOT NULL AND wsci.customer_sk IS NOT NULL THEN 1 ELSE 0 END) AS both FROM ssci FULL JOIN wsci ON ssci.customer_sk = wsci.customer_sk AND ssci.item_sk = wsci.item_sk
