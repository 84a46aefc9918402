-- distinct on: latest event of each kind
SELECT DISTINCT ON (customer_id, event_type) customer_id, event_type, event_ts, duration_ms FROM events ORDER BY customer_id, event_type, event_ts DESC, event_id DESC
