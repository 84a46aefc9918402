-- windows: lag, lead, first, last and nth value
SELECT ss_customer_sk, ss_ticket, ss_item_sk, ss_price, lag(ss_price) OVER w AS prev, lead(ss_price, 2, 0.00) OVER w AS next2, first_value(ss_price) OVER w AS first,
  last_value(ss_price) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last, nth_value(ss_price, 2) OVER w AS second
FROM store_sales WHERE ss_customer_sk < 30 WINDOW w AS (PARTITION BY ss_customer_sk ORDER BY ss_ticket, ss_item_sk)
