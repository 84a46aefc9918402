-- strings: format, casts of numbers and dates to text
SELECT i_item_sk, format('%s costs %s', i_class, i_price) AS f, i_price::text AS t, i_weight::text AS w, i_manager::text || '%' AS m, to_char(i_price, '9990.99') AS p, to_char(i_weight, 'FM00.000') AS tw, i_grades::text AS g, 'x'::text < i_class AS after, quote_literal(i_desc) AS q, char_length(i_desc) AS n FROM item
