-- set operations: UNION ALL of channels, INTERSECT ALL and EXCEPT ALL
SELECT 'intersect' AS op, i_category AS v, count(*) AS n FROM (SELECT i_category FROM item WHERE i_manager < 5 INTERSECT ALL SELECT i_category FROM item WHERE i_manager > 3) a GROUP BY 2
UNION ALL SELECT 'except', i_category, count(*) FROM (SELECT i_category FROM item WHERE i_manager < 8 EXCEPT ALL SELECT i_category FROM item WHERE i_manager > 3) b GROUP BY 2
