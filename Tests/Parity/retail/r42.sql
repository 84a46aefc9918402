-- lateral: aggregates of each row's neighbours, left joined
SELECT i.i_item_sk, x.n, x.total, x.best FROM item i LEFT JOIN LATERAL (SELECT count(*) AS n, sum(ss_price) AS total, max(ss_price - i.i_price) AS best FROM store_sales s WHERE s.ss_item_sk = i.i_item_sk AND s.ss_price > i.i_price) x ON true
