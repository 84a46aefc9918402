-- pivot: shipping days in buckets
SELECT substr(s_name, 1, 20) AS store, i_class, sum(CASE WHEN ws_ship_date_sk - ws_date_sk <= 30 THEN 1 ELSE 0 END) AS "30 days", sum(CASE WHEN ws_ship_date_sk - ws_date_sk > 30 AND ws_ship_date_sk - ws_date_sk <= 60 THEN 1 ELSE 0 END) AS "31-60 days",
  sum(CASE WHEN ws_ship_date_sk - ws_date_sk > 60 THEN 1 ELSE 0 END) AS ">60 days" FROM web_sales JOIN item ON ws_item_sk = i_item_sk JOIN store ON s_store_sk = i_manager GROUP BY substr(s_name, 1, 20), i_class ORDER BY 1, 2 LIMIT 100
