-- conditions: BETWEEN SYMMETRIC, NOT LIKE, OR groups, escapes
SELECT i_item_sk, i_desc FROM item WHERE i_price BETWEEN SYMMETRIC 90 AND 10 AND i_desc NOT LIKE '%\%%' AND (i_desc LIKE '%!_%' ESCAPE '!' OR i_desc ILIKE 'great%' OR i_desc NOT ILIKE '%o%') AND NOT (i_manager = 3 OR i_class IS NULL) AND i_brand IS NOT NULL
