-- calendar: days between dates, cross joined to keys
SELECT k.i_manager, d.day::date AS day, count(s.ss_ticket) AS n FROM (SELECT DISTINCT i_manager FROM item) k CROSS JOIN generate_series(date '2001-03-01', date '2001-03-14', '1 day') AS d(day) LEFT JOIN (store_sales s JOIN item i ON i.i_item_sk = s.ss_item_sk) ON i.i_manager = k.i_manager AND s.ss_sold_at::date = d.day GROUP BY 1, 2
