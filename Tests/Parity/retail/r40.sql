-- recursion: numbers, factorials, Fibonacci
WITH RECURSIVE f(n, fact, a, b) AS (VALUES (1, 1::numeric, 0::bigint, 1::bigint) UNION ALL SELECT n + 1, fact * (n + 1), b, a + b FROM f WHERE n < 20) SELECT * FROM f ORDER BY n
