internal import CPgQuery
internal import Foundation

/// PostgreSQL's own parse of an SQL text (libpg_query, the grammar of PostgreSQL 15), before any name is looked up.
///
/// The nodes lie in three flat arrays and refer to each other by number, so a tree of any depth is released without recursion.
public final class ParseTree: Sendable {
    /// The text as it was parsed; locations are byte offsets in it.
    public let text: String
    /// The largest number of nodes above each other.
    public let depth: Int

    let nodes: [NodeRecord]
    let fields: [FieldRecord]
    let links: [Int32]
    let otherKinds: [Int: String]
    private let roots: Range<Int>

    struct NodeRecord {
        let kind: NodeKind
        var location: Int32 = -1
        var parent: Int32 = -1
        var fields: Range<Int32> = 0..<0
        /// One past the number of the last node below.
        var end: Int32 = 0
    }

    struct FieldRecord {
        let name: String
        let value: FieldValue
    }

    enum FieldValue {
        case node(Int32)
        case list(start: Int32, count: Int32)
        case string(String)
        case int(Int)
        case bool(Bool)
    }

    init(text: String, depth: Int, nodes: [NodeRecord], fields: [FieldRecord], links: [Int32], otherKinds: [Int: String], roots: Range<Int>) {
        self.text = text
        self.depth = depth
        self.nodes = nodes
        self.fields = fields
        self.links = links
        self.otherKinds = otherKinds
        self.roots = roots
    }

    /// The statements, each a `RawStmt` whose field `stmt` is the statement itself.
    public var statements: NodeList { NodeList(tree: self, range: roots) }

    /// Every node of the tree, those above before those below them.
    public var allNodes: NodeRange { NodeRange(tree: self, range: 0..<nodes.count) }

    /// Parses a text of any number of statements.
    ///
    /// libpg_query recurses, so the work is done on a thread of ``DeepStack``; called elsewhere this blocks the calling thread
    /// meanwhile. Asynchronous callers put it, and every recursive pass over the tree, into one `DeepStack.run { … }`.
    public static func parse(_ sql: String, limits: ParseLimits = .sent) throws(SQLDialectError) -> ParseTree {
        let size = sql.utf8.count
        guard size <= limits.bytes else {
            throw SQLDialectError(
                .tooLarge, "the SQL text has \(size) bytes; the limit is \(limits.bytes)",
                hint: "split the query, or keep long lists of values in a table and join it")
        }
        if let zero = sql.utf8.firstIndex(of: 0) {
            let offset = sql.utf8.distance(from: sql.startIndex, to: zero)
            throw SQLDialectError(
                .syntax, "a NUL character stands in the SQL text", at: offset, in: sql, hint: "remove it; PostgreSQL's text cannot hold it")
        }
        // A string that came from elsewhere may not be UTF-8 inside; offsets would then be found by counting.
        var sql = sql
        sql.makeContiguousUTF8()
        return try DeepStack.runHere { [sql] () throws(SQLDialectError) in try parseOnThisThread(sql, limits) }
    }

    private static func parseOnThisThread(_ sql: String, _ limits: ParseLimits) throws(SQLDialectError) -> ParseTree {
        let result = pg_query_parse(sql)
        defer { pg_query_free_parse_result(result) }
        if let error = result.error?.pointee { throw SQLDialectError(parser: error, in: sql) }
        guard let json = result.parse_tree else { throw SQLDialectError(.internal, "the SQL parser returned nothing") }
        let bytes = UnsafeRawBufferPointer(start: json, count: strlen(json))
        var decoder = ParseTreeDecoder(json: bytes.bindMemory(to: UInt8.self), sql: sql, maximumDepth: limits.depth)
        return try decoder.decode()
    }
}

/// How large a text and how deep a tree may be.
public struct ParseLimits: Sendable {
    public let bytes: Int
    /// Nodes above each other. Every recursive pass relies on it.
    public let depth: Int

    /// For what users send.
    public static let sent = ParseLimits(bytes: 65_536, depth: 500)
    /// For PostgreSQL's canonical form of it, in which every `*` is written out and every implicit cast is a node. libpg_query takes
    /// 128 bytes of stack a level and two bytes of text can be one: this is half of what ``DeepStack`` holds.
    public static let canonical = ParseLimits(bytes: 1 << 19, depth: 2_000)
}
