/// The roles and the database that a private server is made with.
struct ServerRoles: Sendable {
    /// Superuser: makes and writes the tables.
    let owner = "featurestore"
    /// May select from every table and do nothing else: one of the locks that keep queries read-only.
    let reader = "featurestore_reader"
    /// May make schemas, tables and temporary views in the database `postgres`: what typing a statement takes.
    let prover = "featurestore_prover"
    let database = "featurestore"

    /// For a single-user server: a statement a line.
    var setupStatements: String {
        """
        CREATE ROLE \(reader) LOGIN
        GRANT pg_read_all_data TO \(reader)
        CREATE ROLE \(prover) LOGIN
        GRANT CREATE, TEMPORARY ON DATABASE postgres TO \(prover)
        GRANT CREATE ON SCHEMA public TO \(prover)
        CREATE DATABASE \(database)
        REVOKE TEMPORARY ON DATABASE \(database) FROM PUBLIC

        """
    }

    /// `pg_ident.conf`: the service's user may be either role.
    func identMap(for user: String) -> String {
        [owner, reader, prover].map { "service \"\(user)\" \($0)\n" }.joined()
    }
}
