-- regexp: rows of all matches, numbered
SELECT customer_id, m[1] AS w, o FROM customers, regexp_matches(full_name, '(\w+)', 'g') WITH ORDINALITY AS r(m, o)
