-- buckets: hashed by hashtext
SELECT customer_id, abs(hashtext(email)) % 10 AS bucket FROM customers
