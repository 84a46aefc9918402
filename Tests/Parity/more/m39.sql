-- grouping sets: two independent ones
SELECT coalesce(status, 'all') AS status, is_gift, count(*) AS n FROM orders GROUP BY GROUPING SETS ((status), (is_gift), (status, is_gift), ())
