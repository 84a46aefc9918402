-- json: paths deleted, printed on lines
SELECT customer_id, attrs #- '{addr,zip}' AS m, attrs #- '{tags,-1}' AS t, attrs #- '{nope,1}' AS n, attrs #- '{}' AS e, jsonb_pretty(attrs) AS p, attrs - '{plan,beta,x}'::text[] AS minus, (attrs -> 'tags') - ARRAY['a','b'] AS tm, jsonb_pretty(attrs -> 'tags') AS pt, jsonb_pretty('{}') AS pe FROM customers
