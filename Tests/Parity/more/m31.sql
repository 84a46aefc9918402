-- point in time: features as of each label, several lateral joins
SELECT l.customer_id, l.label_ts, l.churned, o.n AS orders_before, o.total, e.last_event, t.fraud FROM labels l
LEFT JOIN LATERAL (SELECT count(*) AS n, sum(amount) AS total FROM orders WHERE customer_id = l.customer_id AND order_ts < l.label_ts) o ON true
LEFT JOIN LATERAL (SELECT event_type AS last_event FROM events WHERE customer_id = l.customer_id AND event_ts < l.label_ts AT TIME ZONE 'UTC' ORDER BY event_ts DESC, event_id DESC LIMIT 1) e ON true
LEFT JOIN LATERAL (SELECT bool_or(is_fraud) AS fraud FROM transactions WHERE customer_id = l.customer_id AND ts < l.label_ts) t ON true
