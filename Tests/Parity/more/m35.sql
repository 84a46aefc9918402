-- fraud features: fraction, ratio to the population
WITH pop AS (SELECT avg(amount) AS mean, stddev(amount) AS sd FROM transactions) SELECT t.customer_id, max(t.amount) / max(pop.mean) AS rel, sum(t.is_fraud::int) AS frauds, bool_and(NOT t.is_fraud) AS clean, count(*) FILTER (WHERE t.amount > pop.mean + pop.sd) AS high FROM transactions t CROSS JOIN pop GROUP BY t.customer_id
