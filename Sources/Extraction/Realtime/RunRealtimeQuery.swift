import FeatureModel
import Formats

/// Answers a saved query for one entity from the realtime store.
public struct RunRealtimeQuery: Sendable {
    let serving: Serving
    let lookUp: LookUp

    /// `{"data": [row, …]}`, each row as `row_to_json` writes it.
    public func run(_ request: RealtimeRequest) async throws -> [UInt8] {
        let id = try await serving.library.id(of: request.query, project: request.project).query
        let statement = try await serving.statement(.init(project: request.project, query: id, etl: nil))
        let frame = try await lookUp.rows(statement, key: request.indexKey, values: request.keyValues())
        return RealtimeAnswer.body([frame], encoder: statement.encoder)
    }
}

enum RealtimeAnswer {
    /// `warnings` are left out when there are none.
    static func body(_ frames: [Frame], encoder: JSONRowEncoder, warnings: [JSONValue] = []) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256 + frames.reduce(0) { $0 + $1.byteCount * 2 })
        out.append(contentsOf: "{\"data\":[".utf8)
        var isFirst = true
        for frame in frames where frame.rowCount > 0 {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            encoder.append(frame, to: &out)
        }
        out.append(UInt8(ascii: "]"))
        if !warnings.isEmpty {
            out.append(contentsOf: ",\"warnings\":".utf8)
            JSONValue.array(warnings).write(to: &out)
        }
        out.append(UInt8(ascii: "}"))
        return out
    }
}
