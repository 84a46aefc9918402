-- buckets: width_bucket and ntile
SELECT width_bucket(ss_price, 0, 200, 8) AS bucket, count(*) AS n, min(ss_price) AS low, max(ss_price) AS high FROM store_sales WHERE ss_price IS NOT NULL GROUP BY 1 ORDER BY 1
