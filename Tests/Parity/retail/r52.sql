-- values: joined as a lookup
SELECT v.label, count(*) AS n, sum(ss_price) AS total FROM store_sales JOIN (VALUES (1, 20, 'few'), (21, 60, 'some'), (61, 100, 'many')) AS v(low, high, label) ON ss_qty BETWEEN v.low AND v.high GROUP BY v.label
