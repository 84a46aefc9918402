-- group by: expressions, positions, aliases and functional dependence
SELECT d_year AS y, d_moy / 4 AS third, date_trunc('month', d_date)::date AS m, count(*) FROM date_dim GROUP BY y, 2, m HAVING count(*) > 28 ORDER BY m
