-- ties: an order by sums, cut where they differ
SELECT i_brand, i_class, sum(ss_price) AS ext FROM date_dim, store_sales, item WHERE d_date_sk = ss_date_sk AND ss_item_sk = i_item_sk AND i_manager < 8 AND d_moy = 11 GROUP BY i_brand, i_class ORDER BY ext DESC, i_brand LIMIT 10
