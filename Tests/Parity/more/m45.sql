-- unpivot: values beside each row
SELECT c.customer_id, v.name, v.value FROM customers c CROSS JOIN LATERAL (VALUES ('tier', c.tier::numeric), ('limit', c.credit_limit), ('age', extract(year FROM age(date '2024-07-01', c.birth_date)))) AS v(name, value)
