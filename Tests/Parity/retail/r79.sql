-- distinct: with ORDER BY and LIMIT
SELECT DISTINCT i_category, i_class FROM item ORDER BY i_class NULLS FIRST, i_category DESC LIMIT 5
