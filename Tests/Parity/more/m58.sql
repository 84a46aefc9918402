-- arrays: replaced, counted, subscripts as rows
SELECT product_id, array_position(tags, 'sale') AS p, array_cat(tags, '{x}') AS c, tags[2:] AS rest, array_prepend('a', tags) AS pre, array_replace(tags, 'xl', 'XL') AS r, array_ndims(tags) AS nd, array_to_json(tags) AS j, tags <@ ARRAY['sale','red','Blue','xl'] AS sub, generate_subscripts(tags, 1) AS gs FROM products
