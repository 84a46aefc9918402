import FeatureModel
import Warehouse

/// Reads what relations are made of from PostgreSQL's catalog, which every role may read. A handful of round trips in one transaction.
struct DefinitionReader {
    let connection: PostgresConnection
    let searchPath: [String]

    func read(_ references: [RelationReference]) throws -> ResolvedDefinitions {
        let named = try resolve(references)
        // From here on names are printed with their schemas.
        try connection.execute("SET LOCAL search_path = ''")
        let all = TypeNames.array(try withViewsExpanded(named))
        let columns = try columns(of: all), keys = try IndexReader.read(all, connection), foreign = try foreignKeys(of: all)
        let relations = try connection.query(
            """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity, c.reltuples::int8,
                   CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY ($1::oid[])
            """, [all])
        var byOID: [Int: TableDefinition] = [:]
        for row in 0..<relations.rowCount {
            let oid = try relations.integer(row, 0)
            let kind = kind(relations.string(row, 3))
            byOID[oid] = TableDefinition(
                name: TableName(schema: relations.string(row, 1), name: relations.string(row, 2)), kind: kind, columns: columns[oid] ?? [],
                primaryKey: keys[oid]?.primary ?? [], uniqueKeys: keys[oid]?.unique ?? [], foreignKeys: foreign[oid] ?? [],
                indexes: keys[oid]?.others ?? [], viewSQL: kind == .view ? relations.text(row, 6) : nil,
                hasRowSecurity: relations.flag(row, 4), estimatedRows: try relations.integer(row, 5))
        }
        var meaning: [RelationReference: TableName] = [:]
        for (reference, oid) in zip(references, named) { meaning[reference] = byOID[oid]?.name }
        return ResolvedDefinitions(tables: byOID.values.sorted { $0.name < $1.name }, meaning: meaning)
    }

    /// OIDs in the order of the references, found as a statement would find them.
    private func resolve(_ references: [RelationReference]) throws -> [Int] {
        let names = references.map { reference in
            JSONValue.string((reference.schema.map { SQLName.quoted($0) + "." } ?? "") + SQLName.quoted(reference.name))
        }
        let found = try connection.query(
            """
            SELECT c.oid FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS w (name, place)
            LEFT JOIN pg_class c ON c.oid = to_regclass(w.name) AND c.relkind NOT IN ('i', 'I', 'c', 't') ORDER BY w.place
            """, [JSONValue.array(names).description])
        return try references.enumerated().map { index, reference in
            guard found.text(index, 0) != nil else { throw unknown(reference) }
            return try found.integer(index, 0)
        }
    }

    private func unknown(_ reference: RelationReference) -> WarehouseError {
        let name = reference.schema.map { "\($0).\(reference.name)" } ?? reference.name
        return WarehouseError(
            .unknownTable, "There is no table '\(name)' in the warehouse.",
            reason: reference.schema == nil ? "It was looked for in the schemas \(searchPath.joined(separator: ", "))." : nil,
            hint: "Check the spelling; a table outside these schemas is written with its schema, and unquoted names are lower-case.",
            sqlstate: "42P01")
    }

    private func withViewsExpanded(_ named: [Int]) throws -> [Int] {
        let answer = try connection.query(
            """
            WITH RECURSIVE reached (oid) AS (
                SELECT unnest($1::oid[])
                UNION
                SELECT d.refobjid FROM reached r
                JOIN pg_class v ON v.oid = r.oid AND v.relkind = 'v'
                JOIN pg_rewrite w ON w.ev_class = v.oid AND w.rulename = '_RETURN'
                JOIN pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
                    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> v.oid)
            SELECT oid FROM reached
            """, [TypeNames.array(named)])
        return try (0..<answer.rowCount).map { try answer.integer($0, 0) }
    }

    private func columns(of relations: String) throws -> [Int: [TableDefinition.Column]] {
        let answer = try connection.query(
            """
            SELECT a.attrelid, a.attname, a.atttypid, a.atttypmod, format_type(a.atttypid, a.atttypmod), t.typcategory = 'A', a.attnotnull,
                   CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, \(TypeNames.labels)
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation
            WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum
            """, [relations])
        var columns: [Int: [TableDefinition.Column]] = [:]
        for row in 0..<answer.rowCount {
            guard let oid = UInt32(answer.string(row, 2)), let modifier = Int32(answer.string(row, 3)) else { continue }
            let type = TypeNames.make(
                oid: oid, modifier: modifier, formatted: answer.string(row, 4), isArray: answer.flag(row, 5), labels: try answer.strings(row, 8))
            columns[try answer.integer(row, 0), default: []].append(
                .init(name: answer.string(row, 1), type: type, isNullable: !answer.flag(row, 6), collation: answer.text(row, 7)))
        }
        return columns
    }

    private func foreignKeys(of relations: String) throws -> [Int: [TableDefinition.ForeignKey]] {
        let answer = try connection.query(
            """
            SELECT k.conrelid, n.nspname, c.relname,
                   (SELECT to_json(array_agg(a.attname ORDER BY u.place)) FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
                    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
                   (SELECT to_json(array_agg(a.attname ORDER BY u.place)) FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
                    JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number)
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'f' AND k.conrelid = ANY ($1::oid[]) ORDER BY k.conrelid, k.conname
            """, [relations])
        var keys: [Int: [TableDefinition.ForeignKey]] = [:]
        for row in 0..<answer.rowCount {
            let target = TableName(schema: answer.string(row, 1), name: answer.string(row, 2))
            keys[try answer.integer(row, 0), default: []].append(
                .init(columns: try answer.strings(row, 3), references: target, referencedColumns: try answer.strings(row, 4)))
        }
        return keys
    }

    private func kind(_ letter: String) -> TableDefinition.Kind {
        switch letter {
        case "r": .table
        case "p": .partitioned
        case "v": .view
        case "m": .materializedView
        case "f": .foreign
        default: .other
        }
    }
}
