-- json: rows of a document's array
SELECT i_item_sk, d.value::int AS dim, d.ordinality AS place FROM item, jsonb_array_elements_text(i_attrs->'dims') WITH ORDINALITY AS d
