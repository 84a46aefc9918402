/// A table of a hundred visits, and what each customer's come to.
enum Visits {
    static let setup = """
        CREATE TABLE visits (visit_id bigint PRIMARY KEY, customer_id int, pages int, note text);
        CREATE INDEX ON visits (customer_id);
        INSERT INTO visits SELECT n, n % 10, n % 7, 'note ' || n FROM generate_series(1, 100) n;
        """
    static let sql = "SELECT customer_id, count(*) AS n, max(pages) AS pages FROM visits GROUP BY customer_id"
}
