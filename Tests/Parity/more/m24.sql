-- json: rows as documents
SELECT o.customer_id, json_agg(row_to_json(o) ORDER BY o.order_id) AS docs, jsonb_agg(to_jsonb(o) - 'note' ORDER BY o.order_id) AS b FROM orders o WHERE o.customer_id < 20 GROUP BY o.customer_id
