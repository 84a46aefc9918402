-- date arithmetic: intervals, parts, ages and truncation
SELECT ss_ticket, ss_item_sk, ss_sold_at + interval '1 month 2 days' AS later, ss_sold_at - interval '90 minutes' AS earlier, ss_sold_at::date - date '2000-01-01' AS days, age(ss_sold_at, timestamp '1999-05-31 13:00') AS age,
  extract(year FROM ss_sold_at) AS y, extract(epoch FROM ss_sold_at) AS ep, extract(dow FROM ss_sold_at) AS dow, date_part('hour', ss_sold_at) AS h, date_trunc('week', ss_sold_at) AS week, date_trunc('quarter', ss_sold_at)::date AS q,
  ss_sold_at::time AS t, to_char(ss_sold_at, 'YYYY-MM-DD HH24:MI Day') AS txt, ss_sold_at BETWEEN '2000-06-01' AND '2001-06-01' AS mid FROM store_sales WHERE ss_item_sk < 25
