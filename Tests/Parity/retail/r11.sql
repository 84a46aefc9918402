-- statistics: variance, correlation and regression
SELECT i_category, var_pop(ss_price) AS vp, var_samp(ss_qty) AS vs, stddev_pop(ss_cost) AS sp, stddev(ss_profit) AS sd, count(ss_price) AS n, corr(ss_qty, ss_price) AS c,
  covar_samp(ss_qty::float8, ss_price::float8) AS cs, regr_slope(ss_profit, ss_qty) AS slope, regr_intercept(ss_profit, ss_qty) AS icpt, regr_r2(ss_profit, ss_qty) AS r2, regr_count(ss_profit, ss_qty) AS rc
FROM store_sales JOIN item ON i_item_sk = ss_item_sk GROUP BY i_category
