-- ties: rows that are equal where the limit cuts are all the same
SELECT s_state, d_year FROM store_sales, store, date_dim WHERE ss_store_sk = s_store_sk AND ss_date_sk = d_date_sk ORDER BY s_state, d_year LIMIT 100
