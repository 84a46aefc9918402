-- scalar: constants and lookups in the select list
SELECT customer_id, (SELECT max(order_ts) FROM orders) - max(order_ts) AS behind, (SELECT count(DISTINCT status) FROM orders) AS kinds, date '2024-07-01' AS asof, 'v1' AS version, 1.50 AS w, NULL::text AS nothing, true AS yes FROM orders GROUP BY customer_id
