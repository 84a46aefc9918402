-- generate_series: arguments from the row at hand
SELECT i_item_sk, g FROM item, generate_series(i_manager, 1, -2) AS g WHERE i_item_sk < 15
