-- The same as user_features_etl.py, in SQL: `input` is the query's rows.
SELECT
    user_id,
    quotes,
    paid_quotes,
    policies,
    avg_binding_delay / 3600 AS binding_delay_hours,
    paid_quotes::numeric / quotes AS paid_share,
    policies > 0 AS is_customer,
    device = 'mobile' AS is_mobile
FROM input
