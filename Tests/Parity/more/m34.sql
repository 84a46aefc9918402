-- statistics: correlation and slope per customer
SELECT customer_id, corr(amount, cents) AS c, regr_slope(amount, lat) AS s, covar_pop(lat, lon) AS cv, var_samp(amount) AS v, stddev_pop(cents) AS sd, count(*) AS n FROM transactions GROUP BY customer_id
