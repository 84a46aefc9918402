-- null order: nulls first and last in windows and results
SELECT customer_id, credit_limit, rank() OVER (ORDER BY credit_limit DESC) AS r, rank() OVER (ORDER BY credit_limit NULLS FIRST) AS r2, first_value(customer_id) OVER (ORDER BY credit_limit DESC NULLS LAST, customer_id) AS top FROM customers ORDER BY credit_limit DESC NULLS LAST, customer_id
