extension KeyShape {
    private static let perCustomer = "SELECT customer_id, count(*) AS n, sum(amount) AS s FROM orders GROUP BY customer_id"

    public static let every: [KeyShape] = plain + joins + groups + windows + commonTables + setOperations + subqueries + etls

    static let plain: [KeyShape] = [
        KeyShape("select", "SELECT customer_id, order_id, amount * 2 AS a2 FROM orders"),
        KeyShape("select, ORDER BY", "SELECT customer_id, order_id, amount FROM orders ORDER BY order_ts DESC, order_id"),
        KeyShape("key renamed", "SELECT customer_id AS who, status AS s FROM orders WHERE status <> 'void'", key: ["who"]),
        KeyShape("key renamed twice", "SELECT c AS who FROM (SELECT customer_id AS c, amount FROM orders) x WHERE amount > 5", key: ["who"]),
        KeyShape("two columns", "SELECT customer_id, status, count(*) AS n FROM orders GROUP BY customer_id, status", key: ["customer_id", "status"]),
        KeyShape("a column and an aggregate", "SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id", key: ["customer_id", "n"]),
        KeyShape("view", "SELECT c.customer_id, v.spent FROM customers c LEFT JOIN spending v ON v.customer_id = c.customer_id"),
        KeyShape(
            "LIMIT", "SELECT customer_id, order_id FROM orders ORDER BY order_ts DESC, order_id LIMIT 1000", .allBut(["orders"], "LIMIT")),
        KeyShape(
            "LIMIT whose order leaves ties", "SELECT customer_id, status FROM orders ORDER BY order_ts LIMIT 39", .allBut(["orders"], "LIMIT")),
        KeyShape("OFFSET in a sub-select", "SELECT * FROM (SELECT customer_id, order_id FROM orders ORDER BY order_id OFFSET 10) x", .allBut(["orders"], "LIMIT")),
        KeyShape("key is an expression", "SELECT customer_id::text AS customer_id, order_id FROM orders", .allBut(["orders"], "expression")),
        KeyShape("key is an aggregate", "SELECT country, max(customer_id) AS customer_id FROM customers GROUP BY country", .allBut(["customers"], "aggregate")),
    ]

    static let joins: [KeyShape] = [
        KeyShape("JOIN", "SELECT c.customer_id, c.country, o.amount FROM customers c JOIN orders o ON o.customer_id = c.customer_id"),
        KeyShape("JOIN, key of the other side", "SELECT o.customer_id, c.country, o.amount FROM customers c JOIN orders o ON o.customer_id = c.customer_id"),
        KeyShape("comma and WHERE", "SELECT c.customer_id, o.amount FROM customers c, orders o, events e WHERE o.customer_id = c.customer_id AND e.customer_id = o.customer_id AND e.kind = 'call'"),
        KeyShape("LEFT JOIN", "SELECT c.customer_id, c.country, o.amount FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id"),
        KeyShape("LEFT JOIN, key of the nullable side", "SELECT o.customer_id, c.country, o.amount FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id"),
        KeyShape("RIGHT JOIN", "SELECT c.customer_id, o.amount FROM orders o RIGHT JOIN customers c ON o.customer_id = c.customer_id"),
        KeyShape("RIGHT JOIN of a grouped sub-select", "SELECT c.customer_id, g.n FROM (\(perCustomer)) g RIGHT JOIN customers c ON g.customer_id = c.customer_id"),
        KeyShape("JOIN USING", "SELECT customer_id, c.country, o.amount FROM customers c JOIN orders o USING (customer_id)"),
        KeyShape("LEFT JOIN USING", "SELECT customer_id, c.country, g.n FROM customers c LEFT JOIN (\(perCustomer)) g USING (customer_id)"),
        KeyShape(
            "FULL JOIN USING", "SELECT customer_id, c.country, g.n FROM customers c FULL JOIN (\(perCustomer)) g USING (customer_id)",
            .allBut(["customers", "orders"], "expression")),
        KeyShape("FULL JOIN, key of one side", "SELECT c.customer_id, g.n FROM customers c FULL JOIN (\(perCustomer)) g ON g.customer_id = c.customer_id"),
        KeyShape("LEFT JOIN of a grouped sub-select", "SELECT c.customer_id, c.country, g.n FROM customers c LEFT JOIN (\(perCustomer)) g ON g.customer_id = c.customer_id"),
        KeyShape("JOIN of a grouped sub-select", "SELECT c.customer_id, g.n FROM customers c JOIN (\(perCustomer)) g ON g.customer_id = c.customer_id"),
        KeyShape(
            "two LEFT JOINs of grouped sub-selects",
            """
            SELECT c.customer_id, g.n, h.last FROM customers c LEFT JOIN (\(perCustomer)) g ON g.customer_id = c.customer_id
            LEFT JOIN (SELECT customer_id, max(at) AS last FROM events GROUP BY customer_id) h ON h.customer_id = c.customer_id
            """),
        KeyShape(
            "LEFT JOIN of a LEFT JOIN",
            """
            SELECT c.customer_id, o.order_id, i.qty FROM customers c
            LEFT JOIN (orders o LEFT JOIN items i ON i.order_id = o.order_id AND i.line = 1) ON o.customer_id = c.customer_id
            """),
        KeyShape(
            "LEFT JOIN of a JOIN",
            "SELECT c.customer_id, o.order_id, i.qty FROM customers c LEFT JOIN (orders o JOIN items i ON i.order_id = o.order_id) ON o.customer_id = c.customer_id"),
        KeyShape(
            "LEFT JOIN through what a LEFT JOIN found",
            "SELECT c.customer_id, r.country AS referrer, g.n FROM customers c LEFT JOIN customers r ON r.customer_id = c.referrer_id LEFT JOIN (\(perCustomer)) g ON g.customer_id = r.customer_id",
            .allBut(["orders"], "")),
        KeyShape(
            "equal output columns of a sub-select",
            """
            SELECT x.a AS customer_id, g.n FROM (SELECT c.customer_id AS a, o.customer_id AS b, o.amount FROM customers c JOIN orders o ON o.customer_id = c.customer_id) x
            LEFT JOIN (\(perCustomer)) g ON g.customer_id = x.b
            """),
        KeyShape(
            "three tables by their keys",
            """
            SELECT o.customer_id, i.qty, p.name FROM orders o JOIN items i ON i.order_id = o.order_id JOIN products p ON p.product_id = i.product_id
            """),
        KeyShape(
            "LATERAL, top rows",
            "SELECT c.customer_id, x.order_id FROM customers c CROSS JOIN LATERAL (SELECT o.order_id FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.order_ts DESC, o.order_id LIMIT 2) x"),
        KeyShape(
            "LATERAL, grouped as of a date",
            """
            SELECT c.customer_id, x.status, x.n FROM customers c CROSS JOIN LATERAL (SELECT o.status, count(*) AS n FROM orders o
            WHERE o.customer_id = c.customer_id AND o.amount < c.credit GROUP BY o.status) x
            """),
        KeyShape(
            "LATERAL, latest rows of a join",
            """
            SELECT e.customer_id, e.at, x.product_id FROM events e LEFT JOIN LATERAL (SELECT i.product_id, o.order_ts FROM orders o JOIN items i USING (order_id)
            WHERE o.customer_id = e.customer_id AND o.order_ts < e.at ORDER BY o.order_ts DESC, o.order_id, i.line LIMIT 2) x ON true
            """),
        KeyShape(
            "elements of a sub-query over all",
            "SELECT c.customer_id, x.id FROM customers c, unnest(ARRAY(SELECT o.order_id FROM orders o ORDER BY o.order_id LIMIT 3)) AS x(id)",
            .allBut(["orders"], "")),
        KeyShape(
            "array_agg over a sorted sub-select",
            "SELECT customer_id, array_agg(status) AS path FROM (SELECT * FROM orders ORDER BY customer_id, order_ts, order_id) o GROUP BY customer_id"),
        KeyShape(
            "LATERAL, one row",
            "SELECT c.customer_id, x.n FROM customers c, LATERAL (SELECT count(*) AS n, max(o.amount) AS m FROM orders o WHERE o.customer_id = c.customer_id) x"),
        KeyShape(
            "LEFT JOIN LATERAL, grouped",
            "SELECT c.customer_id, x.status, x.n FROM customers c LEFT JOIN LATERAL (SELECT o.status, count(*) AS n FROM orders o WHERE o.customer_id = c.customer_id GROUP BY o.status) x ON true"),
        KeyShape(
            "join by a value that others share", "SELECT c.customer_id, count(*) AS n FROM customers c JOIN customers d ON d.country = c.country GROUP BY c.customer_id",
            .shared(["customers"])),
        KeyShape(
            "CROSS JOIN", "SELECT c.customer_id, p.name FROM customers c CROSS JOIN products p", .allBut(["products"], "")),
        KeyShape(
            "the nullable side filters the preserved one",
            "SELECT c.customer_id, o.order_id FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id AND c.country = 'SE' WHERE o.order_id IS NULL"),
    ]

    static let groups: [KeyShape] = [
        KeyShape("GROUP BY", perCustomer),
        KeyShape("GROUP BY, HAVING", "SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING count(*) > 1"),
        KeyShape("GROUP BY key and month", "SELECT customer_id, date_trunc('month', order_ts) AS m, sum(amount) AS s FROM orders GROUP BY customer_id, date_trunc('month', order_ts)"),
        KeyShape("GROUP BY, ORDER BY", "SELECT customer_id, sum(amount) AS s FROM orders GROUP BY customer_id ORDER BY s DESC, customer_id"),
        KeyShape("join, then GROUP BY", "SELECT c.customer_id, count(o.order_id) AS n FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id GROUP BY c.customer_id"),
        KeyShape("GROUP BY the primary key, key beside it", "SELECT order_id, customer_id, count(*) AS n FROM orders GROUP BY order_id"),
        KeyShape("GROUP BY the joined column", "SELECT c.customer_id, count(*) AS n FROM customers c JOIN orders o ON o.customer_id = c.customer_id GROUP BY c.customer_id, o.status"),
        KeyShape("DISTINCT", "SELECT DISTINCT customer_id, status FROM orders"),
        KeyShape("DISTINCT ON", "SELECT DISTINCT ON (customer_id) customer_id, order_id, amount FROM orders ORDER BY customer_id, order_ts DESC, order_id"),
        KeyShape("DISTINCT ON another column", "SELECT DISTINCT ON (status) status, customer_id FROM orders ORDER BY status, order_id", .allBut(["orders"], "DISTINCT ON")),
        KeyShape("ROLLUP", "SELECT customer_id, status, count(*) AS n FROM orders GROUP BY ROLLUP (customer_id, status)"),
        KeyShape("CUBE", "SELECT customer_id, status, count(*) AS n FROM orders GROUP BY CUBE (customer_id, status)"),
        KeyShape("GROUPING SETS that have the key", "SELECT customer_id, status, count(*) AS n FROM orders GROUP BY GROUPING SETS ((customer_id, status), (customer_id))"),
        KeyShape("aggregate of an aggregate", "SELECT customer_id, max(n) AS m FROM (SELECT customer_id, status, count(*) AS n FROM orders GROUP BY customer_id, status) x GROUP BY customer_id"),
        KeyShape("key is a constant over all rows", "SELECT 7 AS customer_id, count(*) AS n FROM orders", .allBut(["orders"], "without GROUP BY")),
    ]

    static let windows: [KeyShape] = [
        KeyShape("row_number by key", "SELECT customer_id, order_id, row_number() OVER (PARTITION BY customer_id ORDER BY order_ts, order_id) AS rn FROM orders"),
        KeyShape("row_number by key, its first row", "SELECT * FROM (SELECT customer_id, order_id, row_number() OVER (PARTITION BY customer_id ORDER BY order_ts DESC, order_id) AS rn FROM orders) x WHERE rn = 1"),
        KeyShape("two windows by key", "SELECT customer_id, order_id, sum(amount) OVER (PARTITION BY customer_id ORDER BY order_ts, order_id) AS r, lag(amount) OVER (PARTITION BY customer_id ORDER BY order_id) AS p FROM orders"),
        KeyShape("window by key and status", "SELECT customer_id, order_id, rank() OVER (PARTITION BY customer_id, status ORDER BY order_ts) AS r FROM orders"),
        KeyShape("window by an equal column", "SELECT c.customer_id, o.order_id, count(*) OVER (PARTITION BY o.customer_id) AS n FROM customers c JOIN orders o ON o.customer_id = c.customer_id"),
        KeyShape("window over groups", "SELECT customer_id, status, rank() OVER (PARTITION BY customer_id ORDER BY count(*)) AS r FROM orders GROUP BY customer_id, status"),
        KeyShape("window without PARTITION BY", "SELECT customer_id, order_id, rank() OVER (ORDER BY amount) AS r FROM orders", .allBut(["orders"], "PARTITION BY")),
        KeyShape("one of two windows without the key", "SELECT customer_id, count(*) OVER (PARTITION BY customer_id) AS n, count(*) OVER (PARTITION BY status) AS m FROM orders", .allBut(["orders"], "PARTITION BY")),
        KeyShape("window in a joined sub-select", "SELECT c.customer_id, r.r FROM customers c LEFT JOIN (SELECT customer_id, rank() OVER (ORDER BY credit) AS r FROM customers) r ON r.customer_id = c.customer_id", .allBut(["customers"], "PARTITION BY")),
        KeyShape("order by a window", "SELECT customer_id, order_id FROM orders ORDER BY count(*) OVER (PARTITION BY status), order_id", .allBut(["orders"], "PARTITION BY")),
    ]

    static let commonTables: [KeyShape] = [
        KeyShape("WITH, once", "WITH g AS (\(perCustomer)) SELECT customer_id, n FROM g"),
        KeyShape("WITH, joined", "WITH g AS (\(perCustomer)) SELECT c.customer_id, g.n FROM customers c LEFT JOIN g ON g.customer_id = c.customer_id"),
        KeyShape("WITH, twice", "WITH g AS (\(perCustomer)) SELECT a.customer_id, a.n, b.n AS n2 FROM g a JOIN g b ON a.customer_id = b.customer_id"),
        KeyShape("WITH, twice, not materialized", "WITH g AS NOT MATERIALIZED (\(perCustomer)) SELECT a.customer_id, a.n, b.n AS n2 FROM g a LEFT JOIN g b ON a.customer_id = b.customer_id"),
        KeyShape("WITH MATERIALIZED", "WITH g AS MATERIALIZED (SELECT customer_id, amount FROM orders) SELECT customer_id, amount FROM g"),
        KeyShape(
            "import WITHs",
            """
            WITH o AS (SELECT * FROM orders), c AS (SELECT * FROM customers),
            g AS (SELECT customer_id, min(order_ts) AS f, count(*) AS n FROM o GROUP BY customer_id), final AS (SELECT c.customer_id, g.f, g.n FROM c LEFT JOIN g ON g.customer_id = c.customer_id)
            SELECT * FROM final
            """),
        KeyShape(
            "WITH of WITHs, each twice",
            """
            WITH a AS (SELECT customer_id, amount FROM orders), b AS (SELECT x.customer_id, count(y.amount) AS n FROM a x JOIN a y ON y.customer_id = x.customer_id GROUP BY x.customer_id),
            c AS (SELECT x.customer_id, x.n + y.n AS n FROM b x JOIN b y ON y.customer_id = x.customer_id)
            SELECT x.customer_id, x.n FROM c x LEFT JOIN c y ON y.customer_id = x.customer_id
            """),
        KeyShape("WITH in a sub-select", "SELECT c.customer_id, x.n FROM customers c LEFT JOIN (WITH g AS (\(perCustomer)) SELECT * FROM g WHERE n > 0) x ON x.customer_id = c.customer_id"),
        KeyShape("WITH in a correlated sub-query", "WITH g AS (\(perCustomer)) SELECT c.customer_id, (SELECT g.n FROM g WHERE g.customer_id = c.customer_id) AS n FROM customers c"),
        KeyShape("WITH for the population too", "WITH g AS (\(perCustomer)) SELECT customer_id, n - (SELECT avg(n) FROM g) AS d FROM g", .allBut(["orders"], "")),
    ]

    static let setOperations: [KeyShape] = [
        KeyShape("UNION ALL", "SELECT customer_id, order_id AS id FROM orders UNION ALL SELECT customer_id, -1 FROM customers"),
        KeyShape("UNION", "SELECT customer_id, status FROM orders UNION SELECT customer_id, country FROM customers"),
        KeyShape("UNION ALL of groups", "\(perCustomer) UNION ALL SELECT customer_id, 0, credit FROM customers"),
        KeyShape("EXCEPT", "SELECT customer_id FROM customers EXCEPT SELECT customer_id FROM orders WHERE amount > 900"),
        KeyShape("INTERSECT", "SELECT customer_id FROM customers INTERSECT SELECT customer_id FROM orders WHERE amount > 100"),
        KeyShape("UNION in a grouped sub-select", "SELECT customer_id, sum(n) AS n FROM (SELECT customer_id::bigint AS customer_id, 1 AS n FROM orders UNION ALL SELECT customer_id, 2 FROM events) x GROUP BY customer_id"),
        KeyShape(
            "UNION ALL, one side limited", "SELECT customer_id, status FROM orders UNION ALL (SELECT customer_id, country FROM customers ORDER BY customer_id LIMIT 5)",
            .allBut(["customers"], "LIMIT")),
    ]

    static let subqueries: [KeyShape] = [
        KeyShape("correlated scalar", "SELECT c.customer_id, (SELECT max(o.order_ts) FROM orders o WHERE o.customer_id = c.customer_id) AS last FROM customers c"),
        KeyShape("correlated over a grouped sub-select", "SELECT c.customer_id, (SELECT max(g.n) FROM (\(perCustomer)) g WHERE g.customer_id = c.customer_id) AS n FROM customers c"),
        KeyShape("EXISTS", "SELECT c.customer_id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id)"),
        KeyShape("NOT EXISTS", "SELECT c.customer_id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.amount > 900)"),
        KeyShape("IN", "SELECT c.customer_id, c.country FROM customers c WHERE c.customer_id IN (SELECT customer_id FROM orders WHERE amount > 500)"),
        KeyShape("IN, or something else", "SELECT c.customer_id FROM customers c WHERE c.customer_id IN (SELECT customer_id FROM orders WHERE amount > 500) OR c.credit > 20"),
        KeyShape("IN a grouped sub-query", "SELECT c.customer_id FROM customers c WHERE c.customer_id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 2)"),
        KeyShape("NOT IN, no nulls", "SELECT c.customer_id FROM customers c WHERE c.customer_id NOT IN (SELECT customer_id FROM events WHERE kind = 'call')"),
        KeyShape("NOT IN, with nulls", "SELECT c.customer_id FROM customers c WHERE c.customer_id NOT IN (SELECT customer_id FROM orders WHERE amount > 900 AND order_id % 50 > 0)", .allBut(["orders"], "")),
        KeyShape("IN as a value, with nulls", "SELECT c.customer_id, c.customer_id IN (SELECT customer_id FROM orders WHERE status = 'back') AS f FROM customers c", .allBut(["orders"], "")),
        KeyShape("IN as a value, no nulls", "SELECT c.customer_id, c.customer_id IN (SELECT customer_id FROM events WHERE kind = 'call') AS f FROM customers c"),
        KeyShape("IN within CASE", "SELECT c.customer_id, CASE WHEN c.customer_id IN (SELECT customer_id FROM orders WHERE amount > 500) THEN 1 ELSE 0 END AS f FROM customers c"),
        KeyShape("IN leads on", "SELECT o.customer_id, i.qty FROM orders o JOIN items i ON i.order_id IN (SELECT p.order_id FROM orders p WHERE p.customer_id = o.customer_id) AND i.order_id = o.order_id"),
        KeyShape("scalar over the population", "SELECT customer_id, credit - (SELECT avg(amount) FROM orders) AS d FROM customers", .allBut(["orders"], "")),
    ]

    /// What follows the query reads its rows as `input`.
    static let etls: [KeyShape] = [
        KeyShape(
            "ETL of expressions", perCustomer, etl: "SELECT customer_id, n * 2 AS n2, s FROM input",
            byHand: "SELECT customer_id, count(*) * 2 AS n2, sum(amount) AS s FROM orders GROUP BY customer_id"),
        KeyShape(
            "ETL that groups", "SELECT customer_id, status, amount FROM orders", etl: "SELECT customer_id, count(*) FILTER (WHERE status = 'ok') AS ok, sum(amount) AS s FROM input GROUP BY customer_id",
            byHand: "SELECT customer_id, count(*) FILTER (WHERE status = 'ok') AS ok, sum(amount) AS s FROM orders GROUP BY customer_id"),
        KeyShape(
            "ETL that reads its input twice", "SELECT customer_id, order_id, amount FROM orders",
            etl: "SELECT a.customer_id, a.order_id, a.amount - b.m AS d FROM input a JOIN (SELECT customer_id, min(amount) AS m FROM input GROUP BY customer_id) b ON b.customer_id = a.customer_id",
            byHand: "SELECT a.customer_id, a.order_id, a.amount - b.m AS d FROM orders a JOIN (SELECT customer_id, min(amount) AS m FROM orders GROUP BY customer_id) b ON b.customer_id = a.customer_id"),
        KeyShape(
            "ETL that reads a join twice", "SELECT o.customer_id, o.order_id, i.qty, p.category FROM orders o JOIN items i ON i.order_id = o.order_id JOIN products p ON p.product_id = i.product_id",
            etl: "SELECT a.customer_id, a.order_id, a.qty, b.most FROM input a JOIN (SELECT customer_id, category, max(qty) AS most FROM input GROUP BY customer_id, category) b ON b.customer_id = a.customer_id AND b.category = a.category",
            byHand: """
                WITH input AS MATERIALIZED (SELECT o.customer_id, o.order_id, i.qty, p.category FROM orders o JOIN items i ON i.order_id = o.order_id JOIN products p ON p.product_id = i.product_id)
                SELECT a.customer_id, a.order_id, a.qty, b.most FROM input a
                JOIN (SELECT customer_id, category, max(qty) AS most FROM input GROUP BY customer_id, category) b ON b.customer_id = a.customer_id AND b.category = a.category
                """),
        KeyShape(
            "ETL that joins a grouped sub-select", "SELECT customer_id, country FROM customers", etl: "SELECT i.customer_id, g.n FROM input i LEFT JOIN (\(perCustomer)) g ON g.customer_id = i.customer_id",
            byHand: "SELECT i.customer_id, g.n FROM customers i LEFT JOIN (\(perCustomer)) g ON g.customer_id = i.customer_id"),
        KeyShape(
            "ETL with a window", "SELECT customer_id, order_id, order_ts FROM orders", etl: "SELECT customer_id, order_id, row_number() OVER (PARTITION BY customer_id ORDER BY order_ts, order_id) AS rn FROM input",
            byHand: "SELECT customer_id, order_id, row_number() OVER (PARTITION BY customer_id ORDER BY order_ts, order_id) AS rn FROM orders"),
        KeyShape("ETL over the population", "SELECT customer_id, credit FROM customers", etl: "SELECT customer_id, credit - (SELECT avg(amount) FROM orders) AS d FROM input", .allBut(["orders"], "")),
    ]
}
