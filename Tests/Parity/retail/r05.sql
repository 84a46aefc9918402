-- windows: over aggregates, deviation from the monthly mean
SELECT * FROM (SELECT i_category, i_brand, d_year, d_moy, sum(ss_price) AS sum_sales,
    avg(sum(ss_price)) OVER (PARTITION BY i_category, i_brand, d_year) AS avg_monthly,
    rank() OVER (PARTITION BY i_category, i_brand ORDER BY d_year, d_moy) AS rn
  FROM item, store_sales, date_dim WHERE ss_item_sk = i_item_sk AND ss_date_sk = d_date_sk AND d_year IN (2000, 2001) GROUP BY i_category, i_brand, d_year, d_moy) v
WHERE avg_monthly > 0 AND CASE WHEN avg_monthly > 0 THEN abs(sum_sales - avg_monthly) / avg_monthly ELSE NULL END > 0.1
ORDER BY sum_sales - avg_monthly, i_category, i_brand, d_year, d_moy LIMIT 100
