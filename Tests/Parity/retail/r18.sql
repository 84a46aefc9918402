-- full outer join: cumulative sales of two channels side by side
WITH web AS (SELECT ws_item_sk AS item_sk, d_date, sum(sum(ws_price)) OVER (PARTITION BY ws_item_sk ORDER BY d_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cume FROM web_sales, date_dim WHERE ws_date_sk = d_date_sk AND d_year = 2000 GROUP BY ws_item_sk, d_date),
 store AS (SELECT ss_item_sk AS item_sk, d_date, sum(sum(ss_price)) OVER (PARTITION BY ss_item_sk ORDER BY d_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cume FROM store_sales, date_dim WHERE ss_date_sk = d_date_sk AND d_year = 2000 GROUP BY ss_item_sk, d_date)
SELECT * FROM (SELECT item_sk, d_date, web_sales, store_sales, max(web_sales) OVER (PARTITION BY item_sk ORDER BY d_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS web_cume,
    max(store_sales) OVER (PARTITION BY item_sk ORDER BY d_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS store_cume
  FROM (SELECT CASE WHEN web.item_sk IS NOT NULL THEN web.item_sk ELSE store.item_sk END AS item_sk, CASE WHEN web.d_date IS NOT NULL THEN web.d_date ELSE store.d_date END AS d_date, web.cume AS web_sales, store.cume AS store_sales
        FROM web FULL OUTER JOIN store ON web.item_sk = store.item_sk AND web.d_date = store.d_date) x) y
WHERE web_cume > store_cume ORDER BY item_sk, d_date LIMIT 100
