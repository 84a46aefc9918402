-- point in time: groups as of each label
SELECT l.customer_id, o.status, o.n, o.total, o.r FROM labels l LEFT JOIN LATERAL (SELECT status, count(*) AS n, sum(amount) AS total, avg(amount)::float8 AS r FROM orders o WHERE o.customer_id = l.customer_id AND o.order_ts < l.label_ts GROUP BY status) o ON true
