-- limit: OFFSET, FETCH and WITH TIES
SELECT i_item_sk, i_price FROM item WHERE i_price IS NOT NULL ORDER BY i_price DESC, i_item_sk OFFSET 5 ROWS FETCH NEXT 20 ROWS ONLY
