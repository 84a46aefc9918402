-- char(n): compared, grouped, cut and measured
SELECT s_state, d_day_name, length(d_day_name) AS n, octet_length(d_day_name) AS o, s_state || '-' || d_day_name AS joined, d_day_name = 'Sunday   ' AS sun, upper(s_state) AS u, s_state IN ('TN', 'AL') AS south, d_day_name LIKE 'S%' AS s, d_day_name LIKE '%day' AS unpadded, count(*) AS n2
FROM store_sales JOIN store ON s_store_sk = ss_store_sk JOIN date_dim ON d_date_sk = ss_date_sk GROUP BY s_state, d_day_name
