-- lists: string_agg and array_agg with order, DISTINCT and FILTER
SELECT ss_customer_sk, string_agg(i_class, ',' ORDER BY i_class) AS classes, string_agg(DISTINCT i_category, '/' ORDER BY i_category) AS cats, array_agg(ss_qty ORDER BY ss_ticket DESC, ss_item_sk) AS qtys, array_agg(DISTINCT ss_store_sk) AS stores,
  array_agg(i_item_sk ORDER BY i_item_sk) FILTER (WHERE ss_price > 100) AS dear, count(DISTINCT ss_item_sk) AS items, sum(DISTINCT ss_qty) AS qsum, avg(DISTINCT ss_price) AS pavg FROM store_sales JOIN item ON i_item_sk = ss_item_sk WHERE ss_customer_sk < 60 GROUP BY ss_customer_sk
