-- generate_series: in the select list, descending, of numerics
SELECT i_item_sk, generate_series(1, i_manager) AS n FROM item WHERE i_item_sk < 10
