-- nulls: IS DISTINCT FROM, coalesce, nullif, greatest and least
SELECT ss_ticket, ss_item_sk, ss_discount IS DISTINCT FROM ss_cost AS d, ss_qty IS NOT DISTINCT FROM ss_store_sk AS e, coalesce(ss_discount, ss_cost, 0) AS c, nullif(ss_qty, 50) AS n, greatest(ss_price, ss_cost, ss_discount) AS g, least(ss_price, ss_cost) AS l,
  (ss_price > 100) IS TRUE AS t, (ss_price > 100) IS NOT FALSE AS f, (ss_price > 100) IS UNKNOWN AS u, num_nulls(ss_price, ss_cost, ss_qty) AS nn FROM store_sales WHERE ss_item_sk < 30
