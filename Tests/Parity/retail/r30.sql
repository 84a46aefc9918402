-- percentiles: continuous, discrete, descending, several at once, mode
SELECT i_category, percentile_cont(0.5) WITHIN GROUP (ORDER BY ss_price) AS median, percentile_cont(0.25) WITHIN GROUP (ORDER BY ss_price DESC) AS q_desc, percentile_disc(0.9) WITHIN GROUP (ORDER BY ss_price DESC) AS d_desc,
  percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY ss_qty) AS several, percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY ss_qty) AS quartiles, mode() WITHIN GROUP (ORDER BY s_state) AS top_state, mode() WITHIN GROUP (ORDER BY ss_qty DESC) AS top_qty
FROM store_sales JOIN item ON i_item_sk = ss_item_sk LEFT JOIN store ON s_store_sk = ss_store_sk GROUP BY i_category
