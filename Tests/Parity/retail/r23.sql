-- text: regular expressions
SELECT c_email, c_email ~ '^user[0-9]+@' AS m, c_email ~* 'EXAMPLE' AS mi, c_email !~ '\.org$' AS nm, substring(c_email FROM '[0-9]+') AS digits, substring(c_email FROM '@(.+)\.') AS host, regexp_replace(c_email, '[aeiou]', '#', 'g') AS noise,
  (regexp_match(c_email, '^([a-z]+)([0-9]+)'))[2] AS num, regexp_split_to_array(c_email, '[@.]') AS parts, c_email SIMILAR TO '%(org|se)' AS s, regexp_count(c_email, '[aeiou]') AS vowels FROM customer WHERE c_email ILIKE '%.ORG' OR c_email LIKE 'user1%'
