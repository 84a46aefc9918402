-- lists of a table sorted by customer
SELECT customer_id, array_agg(status) AS s, string_agg(currency, '>') AS c, json_agg(amount) AS j, count(*) AS n FROM (SELECT * FROM orders ORDER BY customer_id, order_ts, order_id) t GROUP BY customer_id
