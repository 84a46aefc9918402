-- tokens: counted words of names
SELECT lower(w) AS word, count(*) AS n FROM customers, regexp_split_to_table(full_name, '[ -]') AS w GROUP BY 1 HAVING count(*) > 1
