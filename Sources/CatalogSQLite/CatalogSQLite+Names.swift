public import Catalog
import EmbeddedSQL
public import FeatureModel
import Foundation

extension CatalogSQLite {
    public func assign(_ draft: NameDraft) async throws -> NameRecord {
        try await file.write { connection in
            let newest = try newest(draft.name, project: draft.project, connection)
            if let newest, newest.queryID == draft.queryID, newest.etlID == draft.etlID { return newest }
            let record = NameRecord(draft, version: (newest?.version ?? 0) + 1, createdAt: Date())
            try connection.run(
                "INSERT INTO names (project, name, version, document) VALUES (?, ?, ?, ?)",
                [.text(record.project), .text(record.name), .number(record.version), .document(try documents.encode(record))])
            return record
        }
    }

    public func name(_ name: ObjectName, version: Int?, project: ObjectName) async throws -> NameRecord? {
        try await file.read { connection in
            guard let version else { return try newest(name, project: project, connection) }
            let sql = "SELECT document FROM names WHERE project = ? AND name = ? AND version = ?"
            return try connection.document(sql, [.text(project), .text(name), .number(version)]).map {
                try documents.decode(from: $0, key: "\(name)@\(version)")
            }
        }
    }

    public func names(project: ObjectName) async throws -> [NameRecord] {
        try await file.read { connection in
            try connection.documents("SELECT document FROM names WHERE project = ? ORDER BY name, version", [.text(project)]).map {
                try documents.decode(from: $0, key: "in the list of \(project)")
            }
        }
    }

    private func newest(_ name: ObjectName, project: ObjectName, _ connection: Connection) throws -> NameRecord? {
        let sql = "SELECT document FROM names WHERE project = ? AND name = ? ORDER BY version DESC LIMIT 1"
        return try connection.document(sql, [.text(project), .text(name)]).map { try documents.decode(from: $0, key: name.text) }
    }
}
