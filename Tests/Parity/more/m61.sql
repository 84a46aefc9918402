-- unpivot: two arrays in the select list
SELECT customer_id, kind, value FROM (SELECT customer_id, unnest(ARRAY['a', 'b']) AS kind, unnest(ARRAY[tier::numeric, credit_limit]) AS value FROM customers) t WHERE value IS NOT NULL
