-- json: a document a customer
SELECT c.customer_id, json_build_object('name', c.full_name, 'active', c.is_active, 'limit', c.credit_limit, 'since', c.signup_at, 'born', c.birth_date, 'orders', (SELECT coalesce(json_agg(json_build_object('id', o.order_id, 'amount', o.amount) ORDER BY o.order_id), '[]'::json) FROM orders o WHERE o.customer_id = c.customer_id)) AS doc FROM customers c
