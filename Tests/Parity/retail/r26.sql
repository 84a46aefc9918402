-- time zones: local times of moments
SELECT c_customer_sk, c_since AT TIME ZONE 'Europe/Stockholm' AS sthlm, (c_since AT TIME ZONE 'America/New_York')::date AS ny, date_trunc('day', c_since, 'Asia/Tokyo') AS tokyo, extract(hour FROM c_since AT TIME ZONE 'Australia/Sydney') AS h, timestamp '2000-03-26 02:30' AT TIME ZONE 'Europe/Berlin' AS gap, c_since::date AS utc FROM customer
