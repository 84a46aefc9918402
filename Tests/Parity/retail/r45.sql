-- arrays: unnest of a column, counted
SELECT tag, count(*) AS n, avg(i_price) AS price FROM item, unnest(i_tags) AS tag GROUP BY tag
