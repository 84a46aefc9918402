-- existence: never bought, bought twice
SELECT c.customer_id, NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id) AS never, (SELECT count(*) FROM orders o WHERE o.customer_id = c.customer_id) >= 2 AS again, c.customer_id IN (SELECT customer_id FROM labels WHERE churned) AS churned FROM customers c WHERE c.tier = ANY (ARRAY[1, 2])
