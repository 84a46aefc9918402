internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerJSONB(_ registry: FunctionRegistry) throws {
        try registry.boolean("pg_jsonb_contains", 2) { a throws(PostgresError) in try a[0].jsonb().contains(try a[1].jsonb()) }
        try registry.boolean("pg_jsonb_exists", 2) { a throws(PostgresError) in try a[0].jsonb().hasKey(Array(a[1].utf8)) }
        try registry.boolean("pg_jsonb_exists_any", 2) { a throws(PostgresError) in
            let document = try a[0].jsonb()
            return try ArrayText(parsing: a[1].utf8).elements.contains { $0.map(document.hasKey) ?? false }
        }
        try registry.boolean("pg_jsonb_exists_all", 2) { a throws(PostgresError) in
            let document = try a[0].jsonb()
            return try ArrayText(parsing: a[1].utf8).elements.allSatisfy { $0.map(document.hasKey) ?? true }
        }
        try registry.text("pg_jsonb_concat", 2) { a, out throws(PostgresError) in
            JSONB.concatenate(try a[0].jsonb(), try a[1].jsonb()).write(to: &out)
        }
        try registry.text("pg_jsonb_delete", 2) { a, out throws(PostgresError) in
            try a[0].jsonb().deleting(Array(a[1].utf8)).write(to: &out)
        }
        try registry.text("pg_jsonb_delete_element", 2) { a, out throws(PostgresError) in
            try a[0].jsonb().deleting(at: a[1].int64).write(to: &out)
        }
        try registry.text("pg_jsonb_delete_all", 2) { a, out throws(PostgresError) in
            var document = try a[0].jsonb()
            guard document.isContainer else { throw PostgresError("22023", "cannot delete from scalar") }
            for key in try ArrayText(parsing: a[1].utf8).elements.compactMap({ $0 }) { document = try document.deleting(key) }
            document.write(to: &out)
        }
        try registry.text("pg_jsonb_delete_path", 2) { a, out throws(PostgresError) in
            try a[0].jsonb().deleting(path: try ArrayText(parsing: a[1].utf8).elements[...]).write(to: &out)
        }
        try registry.text("pg_jsonb_pretty", 1) { a, out throws(PostgresError) in try a[0].jsonb().writePretty(to: &out) }
        try registry.text("pg_jsonb_strip_nulls", 1) { a, out throws(PostgresError) in try a[0].jsonb().withoutNulls.write(to: &out) }
        try registry.boolean("pg_jsonb_bool", 1) { a throws(PostgresError) in try a[0].jsonb().toBool() }
        try registry.numeric("pg_jsonb_num", 1) { a throws(PostgresError) in try a[0].jsonb().toNumeric() }
        try registry.integer("pg_jsonb_int", 2) { a throws(PostgresError) in
            switch a[1].integerWidth {
            case .int2: Int64(try a[0].jsonb().toNumeric(type: "smallint").toInt16())
            case .int4: Int64(try a[0].jsonb().toNumeric(type: "integer").toInt32())
            case .int8: try a[0].jsonb().toNumeric(type: "bigint").toInt64()
            }
        }
        try registry.float("pg_jsonb_float", 2) { a throws(PostgresError) in
            let type = a[1].int64 == 32 ? "real" : "double precision"
            return try nearest(try a[0].jsonb().toNumeric(type: type), bits: a[1].int64)
        }
    }
}

extension Argument {
    func jsonb() throws(PostgresError) -> JSONB { try JSONB(parsing: utf8) }
}
