-- distinct counts: per group and over windows of groups
SELECT d_year, d_moy, count(DISTINCT ss_customer_sk) AS buyers, count(*) AS sales, sum(count(*)) OVER (PARTITION BY d_year ORDER BY d_moy) AS ytd, lag(count(*), 12) OVER (ORDER BY d_year, d_moy) AS last_year, round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS pct
FROM store_sales JOIN date_dim ON ss_date_sk = d_date_sk GROUP BY d_year, d_moy ORDER BY 1, 2
