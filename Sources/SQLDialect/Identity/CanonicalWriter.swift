internal import FeatureModel

/// Writes a node and all below it as `Kind{field:value,…}`, fields in PostgreSQL's order, texts quoted as in JSON.
struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ node: Node) {
        bytes.append(contentsOf: node.kindName.utf8)
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in node.fields where !Self.isPosition(name) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes.append(contentsOf: name.utf8)
            bytes.append(UInt8(ascii: ":"))
            write(value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ value: Node.Field) {
        switch value {
        case .node(let node): write(node)
        case .list(let nodes):
            bytes.append(UInt8(ascii: "["))
            for (index, node) in nodes.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(node)
            }
            bytes.append(UInt8(ascii: "]"))
        case .string(let text): JSONText.write(text, to: &bytes)
        case .int(let number): bytes.append(contentsOf: String(number).utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        }
    }

    /// A node's own location is no field of it; these are the other places that PostgreSQL keeps.
    private static func isPosition(_ name: String) -> Bool {
        name == "location" || name.hasSuffix("_location") || name == "stmt_len" || name == "list_start" || name == "list_end"
    }
}
