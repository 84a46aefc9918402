-- json: top orders as one document
SELECT c.customer_id, (SELECT json_agg(t) FROM (SELECT o.status, o.amount FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.amount DESC, o.order_id LIMIT 3) t) AS top, (SELECT string_agg(x.event_type, ',') FROM (SELECT event_type FROM events e WHERE e.customer_id = c.customer_id ORDER BY event_ts DESC, event_id LIMIT 5) x) AS recent FROM customers c
