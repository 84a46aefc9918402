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
        out.append(UInt8(ascii: "{"))
        write(frames, encoder, to: &out)
        close(&out, warnings, meta)
        return out
    }

    /// What one lookup gave for all entities.
    static func body(_ entities: Entities, _ rows: KeyedRows, encoder: JSONRowEncoder, warnings: [JSONValue] = [], meta: JSONValue? = nil) -> [UInt8] {
        guard case .many(let asked) = entities else { return body([rows.frame(of: 0)], encoder: encoder, warnings: warnings, meta: meta) }
        return results(asked, warnings, meta, size: rows.frames.reduce(0) { $0 + $1.byteCount * 2 }) { index, out in
            let place = rows.places[index]
            out.append(contentsOf: (place.rows.isEmpty ? "false,\"data\":[" : "true,\"data\":[").utf8)
            encoder.append(rows.frames[place.frame], rows: place.rows, to: &out)
            out.append(UInt8(ascii: "]"))
        }
    }

    /// What was made for each entity by itself.
    static func body(
        _ entities: Entities, _ frames: [[Frame]], encoders: [JSONRowEncoder], warnings: [JSONValue], meta: JSONValue?
    ) -> [UInt8] {
        guard case .many(let asked) = entities else { return body(frames[0], encoder: encoders[0], warnings: warnings, meta: meta) }
        return results(asked, warnings, meta, size: 0) { index, out in
            out.append(contentsOf: (frames[index].contains { $0.rowCount > 0 } ? "true," : "false,").utf8)
            write(frames[index], encoders[index], to: &out)
        }
    }

    private static func results(
        _ entities: [JSONValue], _ warnings: [JSONValue], _ meta: JSONValue?, size: Int, _ write: (_ index: Int, _ out: inout [UInt8]) -> Void
    ) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256 + size + entities.count * 96)
        out.append(contentsOf: "{\"results\":[".utf8)
        for (index, entity) in entities.enumerated() {
            out.append(contentsOf: (index == 0 ? "{\"index_value\":" : ",{\"index_value\":").utf8)
            entity.write(to: &out)
            out.append(contentsOf: ",\"found\":".utf8)
            write(index, &out)
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
        close(&out, warnings, meta)
        return out
    }

    private static func write(_ frames: [Frame], _ encoder: JSONRowEncoder, to out: inout [UInt8]) {
        out.append(contentsOf: "\"data\":[".utf8)
        var isFirst = true
        for frame in frames where frame.rowCount > 0 {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            encoder.append(frame, to: &out)
        }
        out.append(UInt8(ascii: "]"))
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
