-- recursion: days since signup
WITH RECURSIVE days AS (SELECT date '2024-01-01' AS d UNION ALL SELECT d + 1 FROM days WHERE d < '2024-01-31') SELECT d, count(c.customer_id) AS signed FROM days LEFT JOIN customers c ON c.signup_at::date <= d GROUP BY d
