-- windows: share of the class, a ratio of sums
SELECT i_item_id, i_class, i_category, i_price, sum(ss_price) AS revenue, sum(ss_price) * 100 / sum(sum(ss_price)) OVER (PARTITION BY i_class) AS ratio
FROM store_sales, item, date_dim WHERE ss_item_sk = i_item_sk AND i_category IN ('Books', 'Home', 'Shoes') AND ss_date_sk = d_date_sk
  AND d_date BETWEEN cast('2001-02-22' AS date) AND cast('2001-02-22' AS date) + interval '30 days'
GROUP BY i_item_id, i_desc, i_category, i_class, i_price ORDER BY i_category, i_class, i_item_id, i_desc, ratio
