-- email domains: ranked within the country
SELECT country, domain, n, dense_rank() OVER (PARTITION BY country ORDER BY n DESC) AS r, n::numeric / sum(n) OVER (PARTITION BY country) AS share FROM (SELECT country, lower(split_part(email, '@', 2)) AS domain, count(*) AS n FROM customers GROUP BY 1, 2) t
