-- top orders of each customer, numbered within
SELECT c.customer_id, o.* FROM customers c CROSS JOIN LATERAL (SELECT order_id, amount, row_number() OVER (ORDER BY amount DESC, order_id) AS rn FROM orders WHERE customer_id = c.customer_id ORDER BY amount DESC, order_id LIMIT 3) o
