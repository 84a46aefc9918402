-- set operations: except in parentheses, intersect first
(SELECT customer_id FROM customers EXCEPT SELECT customer_id FROM orders) UNION (SELECT customer_id FROM labels INTERSECT SELECT customer_id FROM transactions WHERE is_fraud) ORDER BY customer_id
