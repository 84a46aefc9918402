-- ties: the top hundred of an order that decides only whole groups
SELECT i_item_id, i_desc, s_state, count(ss_qty) AS cnt, avg(ss_qty) AS average, stddev_samp(ss_qty) AS dev, stddev_samp(ss_qty) / avg(ss_qty) AS cov FROM store_sales, item, store WHERE i_item_sk = ss_item_sk AND s_store_sk = ss_store_sk AND i_item_sk < 12
GROUP BY i_item_id, i_desc, s_state ORDER BY i_item_id, i_desc, s_state LIMIT 100
