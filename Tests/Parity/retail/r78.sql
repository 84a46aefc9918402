-- group by: primary key brings the other columns
SELECT i.i_item_sk, i.i_desc, i.i_price, sum(s.ss_qty) AS qty FROM item i LEFT JOIN store_sales s ON s.ss_item_sk = i.i_item_sk GROUP BY i.i_item_sk
