-- arrays: unnest in the select list and with ordinality
SELECT i_item_sk, u.grade, u.place FROM item CROSS JOIN LATERAL unnest(i_grades) WITH ORDINALITY AS u(grade, place) WHERE u.grade > 2
