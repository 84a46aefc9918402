-- bits: flags tested and shifted
SELECT c_customer_sk, c_flags & 3 AS low, c_flags | 8 AS set8, c_flags # 5 AS x, ~c_flags AS inv, c_flags << 2 AS l, c_flags >> 1 AS r, (c_flags & 4) <> 0 AS third FROM customer
