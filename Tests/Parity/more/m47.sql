-- boolean logic: three values
SELECT customer_id, is_active AND credit_limit > 500 AS a, is_active OR birth_date IS NULL AS o, NOT (credit_limit > 100) AS n, (credit_limit > 100) IS NOT TRUE AS nt, credit_limit BETWEEN 0 AND 100 AS b, country IS DISTINCT FROM 'SE' AS d, country NOT IN ('SE', 'US') AS ni, coalesce(country = 'DE', false) AS de FROM customers
