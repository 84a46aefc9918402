/// A shop's tables: a row of `orders` has a customer, or none.
public enum KeyTables {
    /// Tables that belong to customers; `products` belongs to nobody.
    public static let ofCustomers = ["customers", "orders", "items", "events"]

    /// - Parameter orders: how many; customers are a tenth of it.
    public static func setup(orders: Int) -> String {
        let customers = orders / 10, products = max(orders / 100, 5)
        return """
            CREATE TABLE customers (customer_id int PRIMARY KEY, country text, credit numeric(12,2), referrer_id int);
            CREATE TABLE orders (
                order_id int PRIMARY KEY, customer_id int REFERENCES customers, order_ts timestamp NOT NULL, amount numeric(10,2), status text NOT NULL);
            CREATE TABLE items (order_id int, line int, product_id int NOT NULL, qty int, PRIMARY KEY (order_id, line));
            CREATE TABLE products (product_id int PRIMARY KEY, name text, category text);
            CREATE TABLE events (customer_id bigint NOT NULL, at date NOT NULL, kind text);
            CREATE VIEW spending AS SELECT customer_id, count(*) AS n, sum(amount) AS spent FROM orders WHERE status <> 'void' GROUP BY customer_id;
            INSERT INTO customers SELECT i, (ARRAY['SE', 'DE', 'FR'])[1 + i % 3], i % 1000 + 0.25, CASE WHEN i % 4 > 0 THEN i / 2 END
                FROM generate_series(0, \(customers - 1)) i;
            INSERT INTO orders SELECT i, CASE WHEN i % 50 > 0 THEN (i::bigint * 7919 % \(customers * 9 / 10))::int END,
                timestamp '2024-01-01' + (i % 700) * interval '1 hour', CASE WHEN i % 31 > 0 THEN i % 997 + 0.5 END, (ARRAY['ok', 'back', 'void'])[1 + i % 3]
                FROM generate_series(0, \(orders - 1)) i;
            INSERT INTO items SELECT i, l, i % \(products), i % 7 FROM generate_series(0, \(orders / 2 - 1)) i, generate_series(1, 2) l;
            INSERT INTO products SELECT i, 'product ' || i, (ARRAY['toys', 'food'])[1 + i % 2] FROM generate_series(0, \(products - 1)) i;
            INSERT INTO events SELECT i::bigint * 31 % \(customers), date '2024-01-01' + i % 365, (ARRAY['visit', 'call'])[1 + i % 2]
                FROM generate_series(0, \(orders / 2 - 1)) i;

            """
    }

    /// Leaves the rows of one customer and those that belong to it.
    public static func only(customer: String) -> String {
        """
        DELETE FROM items WHERE order_id NOT IN (SELECT order_id FROM orders WHERE customer_id = \(customer));
        DELETE FROM orders WHERE customer_id IS DISTINCT FROM \(customer);
        DELETE FROM events WHERE customer_id <> \(customer);
        DELETE FROM customers WHERE customer_id <> \(customer);

        """
    }
}
