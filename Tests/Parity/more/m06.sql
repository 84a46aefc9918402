-- regexp: rows of matches
SELECT customer_id, regexp_split_to_table(full_name, '\s+') AS word FROM customers
