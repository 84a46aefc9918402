-- joins: NATURAL, USING and aliased columns
SELECT item_sk, n, total FROM (SELECT ss_item_sk AS item_sk, count(*) AS n FROM store_sales GROUP BY 1) a NATURAL JOIN (SELECT ws_item_sk AS item_sk, sum(ws_price) AS total FROM web_sales GROUP BY 1) b
