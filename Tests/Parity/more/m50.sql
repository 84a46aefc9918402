-- money: discounts, taxes and shares in decimals
SELECT order_id, customer_id, amount * (1 - coalesce(discount, 0)) AS net, round(amount * 0.25, 2) AS vat, amount - amount * discount AS less, amount / 3 AS third, trunc(amount, 1) AS t, amount::int AS whole, (amount * 100)::bigint AS cents, round(amount, -2) AS hundreds, -amount AS neg, amount % 7 AS m FROM orders
