-- buckets: hashed by md5
SELECT customer_id, ('x' || substr(md5(email), 1, 8))::bit(32)::int AS bucket, mod(abs(('x' || left(md5(email), 15))::bit(60)::bigint), 100) AS pct FROM customers
