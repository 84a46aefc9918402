-- best and worst: two ranked lists side by side
SELECT asceding.rnk, i1.i_desc AS best, i2.i_desc AS worst FROM (SELECT * FROM (SELECT item_sk, rank() OVER (ORDER BY rank_col ASC) AS rnk FROM (SELECT ss_item_sk AS item_sk, avg(ss_profit) AS rank_col FROM store_sales WHERE ss_store_sk = 4 GROUP BY ss_item_sk) v1) v11 WHERE rnk < 11) asceding,
 (SELECT * FROM (SELECT item_sk, rank() OVER (ORDER BY rank_col DESC) AS rnk FROM (SELECT ss_item_sk AS item_sk, avg(ss_profit) AS rank_col FROM store_sales WHERE ss_store_sk = 4 GROUP BY ss_item_sk) v1) v11 WHERE rnk < 11) descending, item i1, item i2
WHERE asceding.rnk = descending.rnk AND i1.i_item_sk = asceding.item_sk AND i2.i_item_sk = descending.item_sk ORDER BY asceding.rnk LIMIT 100
