-- rollup: totals by category and class, ranked within the level of grouping
SELECT sum(ss_profit) AS profit, i_category, i_class, grouping(i_category) + grouping(i_class) AS level,
  rank() OVER (PARTITION BY grouping(i_category) + grouping(i_class), CASE WHEN grouping(i_class) = 0 THEN i_category END ORDER BY sum(ss_profit) DESC) AS place
FROM store_sales JOIN date_dim ON d_date_sk = ss_date_sk JOIN item ON i_item_sk = ss_item_sk
WHERE d_year = 2001 GROUP BY ROLLUP (i_category, i_class) ORDER BY level DESC, CASE WHEN grouping(i_category) + grouping(i_class) = 0 THEN i_category END, place LIMIT 100
