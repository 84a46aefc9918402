-- grouping sets: several at once, with HAVING on the level
SELECT i_brand, i_category, d_qoy, sum(ss_qty) AS qty, max(ss_price) AS top FROM store_sales JOIN item ON ss_item_sk = i_item_sk JOIN date_dim ON ss_date_sk = d_date_sk
GROUP BY GROUPING SETS ((i_brand, d_qoy), (i_category), ()) HAVING sum(ss_qty) > 100 OR grouping(i_brand) = 1
