-- enum: grouped, compared and ordered by definition
SELECT i_size, count(*) AS n, min(i_price) AS low, i_size >= 'large' AS big, i_size::text AS txt, max(i_size) OVER () AS top FROM item WHERE i_size <> 'medium' OR i_size IS NULL GROUP BY i_size ORDER BY i_size
