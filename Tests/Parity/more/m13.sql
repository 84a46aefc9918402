-- range window: events of the hour before, timestamptz
SELECT event_id, customer_id, count(*) OVER (PARTITION BY customer_id ORDER BY event_ts RANGE BETWEEN interval '2 hours' PRECEDING AND interval '1 second' PRECEDING) AS before, count(*) OVER (PARTITION BY session_id ORDER BY event_ts RANGE BETWEEN CURRENT ROW AND interval '1 day' FOLLOWING) AS after FROM events
