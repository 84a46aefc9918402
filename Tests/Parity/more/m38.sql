-- grouping sets and cube: revenue by country and currency
SELECT ship_country, currency, grouping(ship_country, currency) AS g, count(*) AS n, sum(amount) AS s FROM orders GROUP BY CUBE (ship_country, currency)
