-- statistics: coefficient of variation by item and month, joined to the next month
WITH inv AS (SELECT s_name, i_item_sk, d_moy, stdev, mean, CASE mean WHEN 0 THEN NULL ELSE stdev / mean END AS cov
  FROM (SELECT s_name, i_item_sk, d_moy, stddev_samp(ss_qty) AS stdev, avg(ss_qty) AS mean FROM store_sales, item, store, date_dim
        WHERE ss_item_sk = i_item_sk AND ss_store_sk = s_store_sk AND ss_date_sk = d_date_sk GROUP BY s_name, i_item_sk, d_moy) foo
  WHERE CASE mean WHEN 0 THEN 0 ELSE stdev / mean END > 0.2)
SELECT inv1.s_name, inv1.i_item_sk, inv1.d_moy, inv1.mean, inv1.cov, inv2.d_moy AS moy2, inv2.mean AS mean2, inv2.cov AS cov2 FROM inv inv1, inv inv2
WHERE inv1.i_item_sk = inv2.i_item_sk AND inv1.s_name = inv2.s_name AND inv1.d_moy + 1 = inv2.d_moy ORDER BY inv1.s_name, inv1.i_item_sk, inv1.d_moy, inv1.mean, inv1.cov
