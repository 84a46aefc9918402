-- point lookup: every column as it is
SELECT * FROM customers
