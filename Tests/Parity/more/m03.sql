-- casts: doubles to text, numeric and integers
SELECT txn_id, customer_id, amount::text AS t, amount::numeric AS n, amount::int AS i, amount::numeric(12,1) AS one, lat::real AS r, cents::numeric / 100 AS money, cents::float8 / 7 AS f, round(amount::numeric, 2) AS r2, amount::bigint % 10 AS m, cents::text AS c FROM transactions
