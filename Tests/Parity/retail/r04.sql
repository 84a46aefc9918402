-- rollup: only the top hundred, filtered outside by rank
SELECT * FROM (SELECT i_category, i_class, i_brand, d_year, d_qoy, sumsales, rank() OVER (PARTITION BY i_category ORDER BY sumsales DESC) AS rk
  FROM (SELECT i_category, i_class, i_brand, d_year, d_qoy, sum(coalesce(ss_price * ss_qty, 0)) AS sumsales FROM store_sales, date_dim, item
        WHERE ss_date_sk = d_date_sk AND ss_item_sk = i_item_sk AND d_week_seq BETWEEN 5040 AND 5092 GROUP BY ROLLUP (i_category, i_class, i_brand, d_year, d_qoy)) dw1) dw2
WHERE rk <= 20 ORDER BY i_category, i_class, i_brand, d_year, d_qoy, sumsales, rk LIMIT 100
