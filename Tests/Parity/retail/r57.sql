-- bits: aggregated
SELECT c_last, bit_and(c_flags) AS a, bit_or(c_flags) AS o, bit_xor(c_flags) AS x, bool_and(c_flags > 2) AS every, bool_or(c_birth IS NULL) AS some, every(c_flags >= 0) AS e FROM customer GROUP BY c_last
