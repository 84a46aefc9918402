-- json: rows and paths
SELECT i_item_sk, i_attrs->>'color' AS color, i_attrs#>>'{stock,loc}' AS loc, (i_attrs->'stock'->>'n')::int AS n, i_attrs @> '{"color": "red"}' AS red, i_attrs ? 'dims' AS has, jsonb_array_length(i_attrs->'dims') AS dims, i_attrs->'dims'->0 AS first,
  row_to_json(ROW(i_item_sk, i_class)) AS r, jsonb_set(i_attrs, '{stock,n}', '0') AS reset, i_attrs - 'color' AS less, jsonb_typeof(i_attrs->'color') AS kind FROM item
