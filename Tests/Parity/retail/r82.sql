-- cohort: month of first sale against months since
WITH first AS (SELECT ss_customer_sk AS k, date_trunc('month', min(ss_sold_at)) AS cohort FROM store_sales WHERE ss_customer_sk IS NOT NULL GROUP BY 1)
SELECT cohort::date AS cohort, (extract(year FROM age(date_trunc('month', ss_sold_at), cohort)) * 12 + extract(month FROM age(date_trunc('month', ss_sold_at), cohort)))::int AS months, count(DISTINCT k) AS customers FROM first JOIN store_sales ON ss_customer_sk = k WHERE ss_sold_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
