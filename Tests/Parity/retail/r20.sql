-- pivot: sales by day of the week, ratios of two years
WITH wss AS (SELECT d_week_seq, ss_store_sk, sum(CASE WHEN d_day_name = 'Sunday' THEN ss_price ELSE NULL END) AS sun, sum(CASE WHEN d_day_name = 'Monday' THEN ss_price ELSE NULL END) AS mon,
    sum(CASE d_day_name WHEN 'Friday' THEN ss_price END) AS fri FROM store_sales, date_dim WHERE d_date_sk = ss_date_sk GROUP BY d_week_seq, ss_store_sk)
SELECT s_name, s_store_id, y.d_week_seq, y.sun / x.sun AS sun_ratio, y.mon / nullif(x.mon, 0) AS mon_ratio, y.fri / x.fri AS fri_ratio FROM wss y, wss x, store
WHERE y.ss_store_sk = s_store_sk AND x.ss_store_sk = s_store_sk AND y.d_week_seq = x.d_week_seq - 52 AND x.sun <> 0 AND x.fri > 0 ORDER BY s_name, s_store_id, y.d_week_seq LIMIT 100
