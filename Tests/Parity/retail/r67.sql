-- ranking over rollup: share within the parent
SELECT s_state, s_county, sum(ss_profit) AS total, grouping(s_state) + grouping(s_county) AS lochierarchy, rank() OVER (PARTITION BY grouping(s_state) + grouping(s_county), CASE WHEN grouping(s_county) = 0 THEN s_state END ORDER BY sum(ss_profit) DESC) AS rank_within
FROM store_sales, store WHERE s_store_sk = ss_store_sk AND s_state IN (SELECT s_state FROM (SELECT s_state, rank() OVER (PARTITION BY s_state ORDER BY sum(ss_profit) DESC) AS ranking FROM store_sales, store WHERE s_store_sk = ss_store_sk GROUP BY s_state) t WHERE ranking <= 5)
GROUP BY ROLLUP (s_state, s_county) ORDER BY lochierarchy DESC, CASE WHEN grouping(s_state) + grouping(s_county) = 0 THEN s_state END, rank_within LIMIT 100
