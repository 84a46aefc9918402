-- char(n): min, max, order and keys
SELECT c_customer_id, min(i_item_id) AS first_item, max(i_category) AS last_cat, count(DISTINCT i_brand) AS brands FROM store_sales JOIN customer ON ss_customer_sk = c_customer_sk JOIN item ON ss_item_sk = i_item_sk GROUP BY c_customer_id ORDER BY c_customer_id
