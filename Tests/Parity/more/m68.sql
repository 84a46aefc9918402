-- json: arrays of objects as records
SELECT e.event_id, x.id, x.n FROM events e, jsonb_to_recordset(e.payload -> 'items') AS x(id int, n int)
