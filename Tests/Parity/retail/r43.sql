-- lateral: computed columns named once
SELECT ss_ticket, ss_item_sk, v.gross, w.net, CASE WHEN w.net > 500 THEN 'high' ELSE 'low' END AS band FROM store_sales CROSS JOIN LATERAL (SELECT ss_price * ss_qty AS gross) v CROSS JOIN LATERAL (SELECT v.gross - coalesce(ss_discount, 0) AS net) w WHERE ss_item_sk < 15
