-- anti join: left join and is null, semi join by distinct
SELECT c.customer_id, c.country FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.status ILIKE 'completed' WHERE o.order_id IS NULL
