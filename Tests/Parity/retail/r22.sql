-- text: codes cut, padded, joined and replaced
SELECT c_customer_id, substr(c_customer_id, 9) AS tail, upper(c_last) || ', ' || coalesce(c_first, '') AS name, concat(c_first, ' ', c_last, c_flags) AS joined, concat_ws('-', c_first, c_last) AS dashed,
  split_part(c_email, '@', 2) AS host, position('@' IN c_email) AS at, length(c_last) AS n, lpad(c_flags::text, 4, '0') AS padded, initcap(c_email) AS caps, replace(c_email, '.', '_') AS under,
  translate(c_email, 'aeiou', '*') AS t, reverse(c_first) AS r, left(c_last, 2) AS l, right(c_last, -1) AS rr, trim(both 'u' FROM c_email) AS tr, repeat('*', c_flags % 4) AS stars, overlay(c_email placing 'XX' from 2 for 3) AS o, strpos(c_email, 's') AS sp, ascii(c_last) AS a, md5(c_email) AS h
FROM customer
