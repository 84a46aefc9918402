-- jsonb: arrays of objects
SELECT event_id, customer_id, (i->>'id')::int AS item, (i->>'n')::int AS n, payload->>'v' AS v FROM events, jsonb_array_elements(payload->'items') AS i
