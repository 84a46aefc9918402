import FeatureModel
import Formats
import Realtime

/// The bodies of the realtime calls' answers: rows are written once, where they are sent from.
///
/// One entity: `{"data": [row, …], "warnings": […], "meta": {…}}`. Several: `{"results": [{"index_value": …, "found": …, "data": [row, …]}, …], …}`
/// in the order asked. `warnings` and `meta` are left out when there are none.
enum RealtimeAnswer {
    /// One entity, whose rows `write` appends, joined by commas.
    static func body(_ write: (inout [UInt8]) async throws -> Void) async rethrows -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        out.append(contentsOf: "{\"data\":[".utf8)
        try await write(&out)
        out.append(contentsOf: "]}".utf8)
        return out
    }

    /// One entity.
    static func body(_ frames: [Frame], encoder: JSONRowEncoder, warnings: [JSONValue] = [], meta: JSONValue? = nil) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256 + frames.reduce(0) { $0 + $1.byteCount * 2 })
        out.append(contentsOf: "{\"data\":[".utf8)
        write(frames, encoder, to: &out)
        out.append(UInt8(ascii: "]"))
        close(&out, warnings, meta)
        return out
    }

    /// What one lookup gave for all entities.
    static func body(
        _ entities: Entities, _ rows: KeyedRows, encoder: JSONRowEncoder, warnings: [JSONValue] = [], meta: JSONValue? = nil
    ) async -> [UInt8] {
        guard case .many(let asked) = entities else { return body([rows.frame(of: 0)], encoder: encoder, warnings: warnings, meta: meta) }
        return await results(asked, warnings: warnings, meta: meta) { out, open in rows.append(as: encoder, to: &out, open: open) }
    }

    /// What was made for each entity by itself.
    static func body(
        _ entities: Entities, _ frames: [[Frame]], encoders: [JSONRowEncoder], warnings: [JSONValue], meta: JSONValue?
    ) async -> [UInt8] {
        guard case .many(let asked) = entities else { return body(frames[0], encoder: encoders[0], warnings: warnings, meta: meta) }
        return await results(asked, warnings: warnings, meta: meta) { out, open in
            for index in asked.indices {
                open(index, frames[index].contains { $0.rowCount > 0 }, &out)
                write(frames[index], encoders[index], to: &out)
            }
        }
    }

    /// Several entities, whose rows `write` appends, beginning each entity's with what it is given.
    static func results(
        _ entities: [JSONValue], warnings: [JSONValue] = [], meta: JSONValue? = nil,
        _ write: (_ out: inout [UInt8], _ open: (_ entity: Int, _ isFound: Bool, _ out: inout [UInt8]) -> Void) async throws -> Void
    ) async rethrows -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256 + entities.count * 256)
        out.append(contentsOf: "{\"results\":[".utf8)
        try await write(&out) { index, isFound, out in
            if index > 0 { out.append(contentsOf: "]},".utf8) }
            out.append(contentsOf: "{\"index_value\":".utf8)
            entities[index].write(to: &out)
            out.append(contentsOf: (isFound ? ",\"found\":true,\"data\":[" : ",\"found\":false,\"data\":[").utf8)
        }
        if !entities.isEmpty { out.append(contentsOf: "]}".utf8) }
        out.append(UInt8(ascii: "]"))
        close(&out, warnings, meta)
        return out
    }

    /// The rows of several frames, joined by commas.
    private static func write(_ frames: [Frame], _ encoder: JSONRowEncoder, to out: inout [UInt8]) {
        var isFirst = true
        for frame in frames where frame.rowCount > 0 {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            encoder.append(frame, to: &out)
        }
    }

    private static func close(_ out: inout [UInt8], _ warnings: [JSONValue], _ meta: JSONValue?) {
        if !warnings.isEmpty {
            out.append(contentsOf: ",\"warnings\":".utf8)
            JSONValue.array(warnings).write(to: &out)
        }
        if let meta {
            out.append(contentsOf: ",\"meta\":".utf8)
            meta.write(to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }
}
