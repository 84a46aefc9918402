-- jsonb: objects as rows of keys and values
SELECT customer_id, k.key, k.value FROM customers, jsonb_each_text(attrs) AS k WHERE k.key <> 'tags'
