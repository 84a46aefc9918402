-- ratio: two counted sub-selects joined
SELECT cast(amc AS decimal(15,4)) / cast(pmc AS decimal(15,4)) AS am_pm FROM (SELECT count(*) AS amc FROM store_sales WHERE extract(hour FROM ss_time) BETWEEN 8 AND 9) at, (SELECT count(*) AS pmc FROM store_sales WHERE ss_time >= time '19:00' AND ss_time < '20:00') pt
