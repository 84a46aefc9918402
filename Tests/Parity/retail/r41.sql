-- lateral: the last three sales of each customer
SELECT c.c_customer_sk, t.ss_ticket, t.ss_price FROM customer c CROSS JOIN LATERAL (SELECT ss_ticket, ss_item_sk, ss_price FROM store_sales WHERE ss_customer_sk = c.c_customer_sk ORDER BY ss_ticket DESC, ss_item_sk LIMIT 3) t
