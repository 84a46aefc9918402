-- hierarchy: WITH RECURSIVE over bosses, path and depth
WITH RECURSIVE chain AS (SELECT e_id, e_boss, e_name, 1 AS depth, e_name AS path FROM employee WHERE e_boss IS NULL
  UNION ALL SELECT e.e_id, e.e_boss, e.e_name, c.depth + 1, c.path || '>' || e.e_name FROM employee e JOIN chain c ON e.e_boss = c.e_id)
SELECT e_id, depth, path, (SELECT count(*) FROM chain x WHERE x.path LIKE chain.path || '>%') AS below FROM chain ORDER BY e_id
