-- joins: USING over three, full, merged columns
SELECT k, a.n AS a, b.n AS b, c.n AS c FROM (SELECT ss_item_sk AS k, count(*) AS n FROM store_sales WHERE ss_qty > 90 GROUP BY 1) a FULL JOIN (SELECT ws_item_sk AS k, count(*) AS n FROM web_sales WHERE ws_qty > 95 GROUP BY 1) b USING (k) FULL JOIN (SELECT sr_item_sk AS k, count(*) AS n FROM store_returns GROUP BY 1) c USING (k)
