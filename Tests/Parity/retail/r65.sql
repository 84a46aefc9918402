-- channels: union of three, grouped and rolled up
SELECT channel, id, sum(sales) AS sales, sum(returns_) AS returns_, sum(profit) AS profit FROM (
  SELECT 'store channel' AS channel, 'store' || s_store_id AS id, sum(ss_price) AS sales, sum(coalesce(sr_amount, 0)) AS returns_, sum(ss_profit - coalesce(sr_amount, 0)) AS profit
  FROM store_sales LEFT OUTER JOIN store_returns ON (ss_item_sk = sr_item_sk AND ss_ticket = sr_ticket), store WHERE ss_store_sk = s_store_sk GROUP BY s_store_id
  UNION ALL SELECT 'web channel', 'web' || i_item_id, sum(ws_price), 0, sum(ws_profit) FROM web_sales, item WHERE ws_item_sk = i_item_sk GROUP BY i_item_id) x GROUP BY ROLLUP (channel, id) ORDER BY channel, id LIMIT 100
