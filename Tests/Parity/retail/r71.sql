-- clock: rows of the last years, ages now
SELECT c_customer_sk, c_since < now() AS past, c_birth < current_date AS born, extract(year FROM current_date) >= 2024 AS this_century, date_trunc('year', now()) >= timestamptz '2024-01-01' AS y, current_timestamp = now() AS same FROM customer
