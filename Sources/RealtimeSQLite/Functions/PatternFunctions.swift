internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerPatterns(_ registry: FunctionRegistry) throws {
        for (name, ignoresCase) in [("pg_like", false), ("pg_ilike", true)] {
            try registry.strict(name, 3) { a, result throws(PostgresError) in
                let pattern = try result.keep(forArgument: 1) { () throws(PostgresError) in
                    try LikePattern(a[1].utf8, escape: a[2].utf8, ignoresCase: ignoresCase)
                }
                result.set(try pattern.matches(a[0].utf8))
            }
        }
    }
}

extension FunctionResult {
    /// ``kept(forArgument:_:)`` for what only PostgreSQL's errors can come from.
    func keep<Object: AnyObject>(forArgument index: Int, _ make: () throws(PostgresError) -> Object) throws(PostgresError) -> Object {
        let outcome: Result<Object, PostgresError>
        do {
            outcome = .success(try kept(forArgument: index) { try make() })
        } catch let error as PostgresError {
            outcome = .failure(error)
        } catch {
            outcome = .failure(PostgresError("XX000", String(describing: error)))
        }
        return try outcome.get()
    }
}
