-- What each user of the insurance did so far: one row a user, ready for a model.
-- A quote has at most one policy, a policy at most one payment, so no row is counted twice.
SELECT
    u.user_id,
    count(*) AS quotes,
    count(*) FILTER (WHERE q.is_paid) AS paid_quotes,
    avg(q.binding_date - q.creation_date) AS avg_binding_delay,
    max(q.creation_date) AS last_quote_time,
    min(q.quote_device) AS device,
    sum(CASE WHEN q.quote_type = 'home' THEN 1 ELSE 0 END) AS home_quotes,
    count(p.policy_id) AS policies,
    max(p.purchase_time) AS last_purchase_time,
    count(*) FILTER (WHERE t.successful) AS successful_payments
FROM feature_store.users AS u
JOIN feature_store.quotes AS q ON q.user_id = u.user_id
LEFT JOIN feature_store.policies AS p ON p.user_id = u.user_id AND p.quote_id = q.quote_id
LEFT JOIN feature_store.transactions AS t ON t.user_id = u.user_id AND t.ref_id = p.policy_id
GROUP BY u.user_id;
