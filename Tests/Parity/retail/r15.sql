-- cte: several, each used more than once
WITH ssales AS (SELECT ss_customer_sk AS k, d_year AS y, sum(ss_price * ss_qty) AS total FROM store_sales JOIN date_dim ON ss_date_sk = d_date_sk GROUP BY 1, 2),
  wsales AS (SELECT ws_customer_sk AS k, d_year AS y, sum(ws_price * ws_qty) AS total FROM web_sales JOIN date_dim ON ws_date_sk = d_date_sk GROUP BY 1, 2)
SELECT s1.k, s1.total AS s2000, s2.total AS s2001, w1.total AS w2000, w2.total AS w2001 FROM ssales s1 JOIN ssales s2 ON s1.k = s2.k AND s1.y = 2000 AND s2.y = 2001
  JOIN wsales w1 ON w1.k = s1.k AND w1.y = 2000 JOIN wsales w2 ON w2.k = s1.k AND w2.y = 2001
WHERE CASE WHEN w1.total > 0 THEN w2.total / w1.total ELSE NULL END > CASE WHEN s1.total > 0 THEN s2.total / s1.total ELSE NULL END
