-- date arithmetic: made and shifted dates, calendar ends
SELECT e_id, make_date(extract(year FROM e_hired)::int, extract(month FROM e_hired)::int, 1) AS first, (date_trunc('month', e_hired) + interval '1 month - 1 day')::date AS last, e_hired + 90 AS d90, e_hired + e_leave AS back,
  date '2001-06-30' - e_hired AS days, e_hired + make_interval(months => 3) AS m3, extract(doy FROM e_hired) AS doy, to_char(e_salary, 'FM999G999D00') AS salary, justify_days(e_leave * 40) AS j, e_leave > interval '2 days' AS longer FROM employee
