import Warehouse

enum EnvironmentReader {
    static func read(_ connection: PostgresConnection, searchPath: [String]) throws -> WarehouseEnvironment {
        // Columns that only newer servers have are reached through JSON, where an absent one is null.
        let answer = try connection.query(
            """
            SELECT current_setting('server_version_num'), current_setting('TimeZone'), datctype,
                   CASE to_jsonb(d)->>'datlocprovider'
                       WHEN 'i' THEN 'icu:' || coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale')
                       WHEN 'b' THEN to_jsonb(d)->>'datlocale'
                       ELSE datcollate END
            FROM pg_catalog.pg_database d WHERE datname = current_database()
            """)
        return WarehouseEnvironment(
            versionNumber: try answer.integer(0, 0), collation: answer.string(0, 3), characterType: answer.string(0, 2),
            timeZone: answer.string(0, 1),
            searchPath: searchPath)
    }
}
