-- arrays: several side by side
SELECT product_id, a, b FROM products, LATERAL unnest(tags, ARRAY[1,2,3]) AS u(a, b)
