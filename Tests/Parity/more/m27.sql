-- arrays: unnested tags with prices
SELECT tag, count(*) AS n, avg(price) AS mean, min(price) AS low, array_agg(product_id ORDER BY product_id) AS ids FROM products CROSS JOIN unnest(tags) AS tag GROUP BY tag
