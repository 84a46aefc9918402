import Certificate
import EmbeddedSQL
public import FeatureModel
import PostgresTypes
import RealtimeSQLite
import SQLDialect

/// What must answer or refuse whatever it is given, and never crash: the parser and its checks, the decoder of parse trees, the compiler
/// with what it prepares in SQLite, and every registered function.
///
/// One input a seed, the same always. Nothing is compared: that a process is still there afterwards is the finding.
public struct CrashTargets {
    /// How far the inputs of this corpus came, so that a run that only ever meets syntax errors is seen.
    /// What took longest of the last input.
    public private(set) var slowest = ""
    public private(set) var parsed = 0, decoded = 0, compiled = 0, prepared = 0, called = 0

    /// Queries as users write them, and as PostgreSQL's analysis writes them.
    private let texts: [[UInt8]], canonical: [[UInt8]]
    /// The output columns of each canonical text.
    private let outputs: [[(name: String, type: PostgresType)]]
    private let tables: [TableDefinition]
    private let connection: Connection
    private let functions: [SQLiteFunction]

    /// - Parameters:
    ///   - texts: queries as sent.
    ///   - canonical: canonical texts over `tables`, and their output columns.
    public init(texts: [String], canonical: [(sql: String, output: [(name: String, type: PostgresType)])], tables: [TableDefinition]) throws {
        self.texts = texts.map { Array($0.utf8) }
        self.canonical = canonical.map { Array($0.sql.utf8) }
        outputs = canonical.map(\.output)
        self.tables = tables
        connection = try Connection(.memory)
        for table in tables {
            let columns = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
            try connection.execute("CREATE TABLE \"\(table.name.schema).\(table.name.name)\" (\(columns))")
        }
        try PostgresFunctions.register(on: connection)
        // Series are long by right. An aggregate of any number of arguments has those that its specification counts.
        functions = SQLiteFunctions.all.filter { ($0.argumentCount >= 0 || $0.kind == .scalar) && !$0.name.hasPrefix("pg_rows_series") }
    }

    public mutating func run(seed: Int) {
        var mutator = TextMutator(random: Randomness(seed, stream: 7))
        let isCanonical = mutator.random.chance(60) && !canonical.isEmpty, corpus = isCanonical ? canonical : texts
        let number = mutator.random.int(0...corpus.count - 1)
        let bytes = mutator.mutated(corpus[number], splicing: mutator.random.pick(corpus))
        let text = String(decoding: bytes, as: UTF8.self)
        var longest = Duration.zero
        func timed(_ what: String, _ body: (inout CrashTargets) -> String) {
            let began = ContinuousClock.now, said = body(&self), time = began.duration(to: .now)
            if time > longest { (longest, slowest) = (time, "\(what) \(said)") }
        }
        timed("check") {
            $0.check(text); return ""
        }
        timed("compile") {
            $0.compile(text, isCanonical ? $0.outputs[number] : [("k", PostgresType(.int4))]); return ""
        }
        if seed % 3 == 0 {
            timed("tree") {
                $0.spoilTree(text, &mutator); return ""
            }
        }
        for _ in 0..<4 { timed("call") { $0.call(&mutator) } }
    }

    // MARK: SQL

    private mutating func check(_ text: String) {
        for purpose in [CheckedQuery.Purpose.query, .sqlETL] {
            guard let query = try? CheckedQuery.check(text, as: purpose) else { continue }
            parsed += 1
            _ = query.canonicalForm()
            try? query.refuseDuplicates(["a", "b", "a"])
        }
    }

    private mutating func compile(_ text: String, _ output: [(name: String, type: PostgresType)]) {
        let tables = tables
        let input = ServingInput(
            canonicalSQL: text, views: [:], tables: tables, output: output, hasBinaryCollation: true, timeZone: "Europe/Stockholm", checksTies: true)
        let statements = try? DeepStack.runBlocking { () -> [String] in
            let compiler = try ServingCompiler(input)
            return [[], ["k"]].compactMap { key in if case .statement(let statement) = compiler.compile(key: key) { statement.sql } else { nil } }
        }
        for sql in statements ?? [] {
            compiled += 1
            if (try? connection.prepare(sql)) != nil { prepared += 1 }
        }
    }

    private mutating func spoilTree(_ text: String, _ mutator: inout TextMutator) {
        guard let json = try? ParseTree.json(of: text), let other = mutator.random.pick(texts) as [UInt8]? else { return }
        let spoiled = mutator.mutated(json, splicing: mutator.random.chance(50) ? json : other)
        guard let tree = try? ParseTree.decode(json: spoiled, of: text) else { return }
        decoded += 1
        for node in tree.allNodes {
            _ = (node.kindName, node.constant, node.children.count, node.strings("names"))
            if node.index % 16 == 0 { _ = node.position }
        }
    }

    // MARK: Functions

    /// Answers the function's name.
    private mutating func call(_ mutator: inout TextMutator) -> String {
        let function = mutator.random.pick(functions)
        let count = function.argumentCount < 0 ? mutator.random.int(0...4) : function.argumentCount
        let rows = function.kind == .scalar ? 1 : mutator.random.int(1...3)
        let places = (0..<count).map { "c\($0)" }.joined(separator: ", ")
        let values = (0..<rows).map { row in
            "SELECT " + ((0..<count).map { "?\(row * count + $0 + 1) AS c\($0)" } + ["1 AS z"]).joined(separator: ", ")
        }
        guard let statement = try? connection.prepare("SELECT \(function.name)(\(places)) FROM (\(values.joined(separator: " UNION ALL ")))") else {
            return function.name
        }
        called += 1
        var arguments = FunctionArguments(function, mutator)
        for index in 0..<rows * count { try? statement.bind(arguments.value(index % count), at: index + 1) }
        mutator = arguments.mutator
        while (try? statement.step()) == true {}
        return function.name
    }
}
