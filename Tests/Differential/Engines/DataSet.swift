public import Foundation

/// Tables as a folder holds them: `schema.json` and one `<table>.tsv` a table in PostgreSQL's COPY text format.
public struct DataSet {
    private struct Schema: Decodable {
        struct Table: Decodable {
            struct Column: Decodable {
                let name: String
                let type: String
            }

            let name: String
            let columns: [Column]
            let indexes: [[String]]
            /// The primary key's columns; none in most sets.
            let key: [String]?
        }

        struct Enumeration: Decodable {
            let name: String
            let labels: [String]
        }

        let enums: [Enumeration]?
        let tables: [Table]
    }

    /// What psql runs to make and fill the tables.
    public let setup: String

    public init(folder: URL) throws {
        let schema = try JSONDecoder().decode(Schema.self, from: Data(contentsOf: folder.appending(path: "schema.json")))
        let enums = (schema.enums ?? []).map { type in
            "CREATE TYPE \(type.name) AS ENUM (\(type.labels.map { "'\($0)'" }.joined(separator: ", ")));\n"
        }
        setup = enums.joined() + schema.tables.map { table in
            let key = table.key.flatMap { $0.isEmpty ? nil : ["PRIMARY KEY (\($0.joined(separator: ", ")))"] } ?? []
            let columns = (table.columns.map { "\($0.name) \($0.type)" } + key).joined(separator: ", ")
            let indexes = table.indexes.map { "CREATE INDEX ON \(table.name) (\($0.joined(separator: ", ")));" }
            return (["CREATE TABLE \(table.name) (\(columns));", "\\copy \(table.name) from '\(folder.path)/\(table.name).tsv'"] + indexes)
                .joined(separator: "\n")
        }.joined(separator: "\n") + "\nANALYZE;\n"
    }
}
