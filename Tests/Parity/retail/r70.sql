-- exclusion frames: neighbours without oneself
SELECT ss_ticket, ss_item_sk, avg(ss_price) OVER (PARTITION BY ss_item_sk ORDER BY ss_ticket ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) AS around, count(*) OVER (PARTITION BY ss_item_sk ORDER BY ss_qty GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near,
  sum(ss_qty) OVER (PARTITION BY ss_item_sk ORDER BY ss_qty RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING) AS within10 FROM store_sales WHERE ss_item_sk < 20
