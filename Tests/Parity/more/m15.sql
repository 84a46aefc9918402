-- z-score and share of the customer's total
SELECT txn_id, customer_id, (amount - avg(amount) OVER w) / nullif(stddev_samp(amount) OVER w, 0) AS z, cents / nullif(sum(abs(cents)) OVER w, 0) AS share, percent_rank() OVER (PARTITION BY customer_id ORDER BY cents) AS pr, cents = max(cents) OVER w AS top FROM transactions WINDOW w AS (PARTITION BY customer_id)
