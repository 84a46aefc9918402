-- correlated: in SELECT, WHERE and HAVING
SELECT i_item_sk, (SELECT count(*) FROM store_returns WHERE sr_item_sk = i_item_sk) AS returns, sum(ss_qty) AS sold FROM item JOIN store_sales ON ss_item_sk = i_item_sk
WHERE i_price > (SELECT 1.2 * avg(j.i_price) FROM item j WHERE j.i_category = item.i_category) GROUP BY i_item_sk HAVING sum(ss_qty) > (SELECT avg(ws_qty) FROM web_sales WHERE ws_item_sk = i_item_sk)
