public import FeatureModel
public import SQLDialect
public import Warehouse

/// A query and the statements that are to answer it from the realtime store.
public struct Subject: Sendable {
    /// A statement that looks up by some output columns.
    public struct Keyed: Sendable {
        public let columns: [String]
        public let statement: RealtimeStatement

        public init(columns: [String], statement: RealtimeStatement) {
            self.columns = columns
            self.statement = statement
        }
    }

    /// What PostgreSQL runs.
    public var sql: String
    /// The same with a condition on output columns. The condition is SQL of this project's own making.
    public var filtered: @Sendable (_ condition: String) -> String
    /// What the query reads from the call itself.
    public var request: RequestRelation?
    /// PostgreSQL's canonical form of the query and of the views under it.
    public var canonicalTexts: [String]
    /// Every relation read, views included.
    public var tables: [TableDefinition]
    /// The tables whose rows the realtime store holds, with the columns that it can hold.
    public var mirrors: [TableDefinition]
    public var environment: WarehouseEnvironment
    public var whole: RealtimeStatement
    public var keyed: [Keyed]
    /// The order of the whole answer is settled.
    public var isTotallyOrdered: Bool

    public init(
        sql: String, filtered: (@Sendable (_ condition: String) -> String)? = nil, request: RequestRelation? = nil, canonicalTexts: [String],
        tables: [TableDefinition], mirrors: [TableDefinition], environment: WarehouseEnvironment, whole: RealtimeStatement, keyed: [Keyed], isTotallyOrdered: Bool
    ) {
        self.sql = sql
        self.filtered = filtered ?? { "SELECT * FROM (\n\(sql)\n) t WHERE \($0)" }
        self.request = request
        self.canonicalTexts = canonicalTexts
        self.tables = tables
        self.mirrors = mirrors
        self.environment = environment
        self.whole = whole
        self.keyed = keyed
        self.isTotallyOrdered = isTotallyOrdered
    }

    /// One question: the whole query, or the rows of one key.
    struct Question: Sendable, Hashable {
        /// Which of ``keyed``; nil for the whole.
        let key: Int?
        let values: [String]
        /// Whether the store holds only the rows that the key needs.
        var isHot = false
        /// The values of the call's request, if the query reads one.
        var request: [String?]?
    }

    func statement(_ question: Question) -> RealtimeStatement { question.key.map { keyed[$0].statement } ?? whole }

    /// What PostgreSQL is asked.
    func sql(_ question: Question) -> String {
        let rows = rows(question)
        guard let request, let values = question.request else { return rows }
        return request.filled(rows, values)
    }

    private func rows(_ question: Question) -> String {
        guard let key = question.key else { return sql }
        let conditions = zip(keyed[key].statement.parameters, question.values).map { parameter, value in
            "\(SQLiteNames.quoted(parameter.column)) = \(KeyValue.literal(value, parameter.type))"
        }
        return filtered(conditions.joined(separator: " AND "))
    }

    /// The rows that the store holds for it.
    func cuts(_ question: Question) -> [TableCut] {
        let statement = statement(question)
        let keyed = question.isHot ? Dictionary(statement.keyedTables.map { ($0.table, $0) }) { first, _ in first } : [:]
        return mirrors.map { table in
            guard let reach = keyed[table.name] else { return TableCut(table: table) }
            return TableCut(
                table: table,
                alternatives: reach.alternatives.map { columns in
                    columns.map {
                        TableCut.Equality(
                            column: $0.column, value: question.values[$0.parameter - 1], type: statement.parameters[$0.parameter - 1].type)
                    }
                })
        }
    }

    /// For people: `customer_id = 7, request.amount = 12.50`.
    func description(_ question: Question) -> String? {
        var parts: [String] = []
        if let key = question.key {
            parts.append(
                zip(keyed[key].columns, question.values).map { "\($0) = \($1)" }.joined(separator: ", ")
                    + (question.isHot ? ", with other keys' rows left out" : ""))
        }
        if let request, let values = question.request {
            parts.append(zip(request.columns, values).map { "request.\($0.name) = \($1 ?? "null")" }.joined(separator: ", "))
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Subject {
    /// The request as a table of its own, for making up its values.
    var requestTable: TableDefinition? {
        request.map { request in
            TableDefinition(
                name: TableName(schema: "", name: RequestRelation.name), kind: .table,
                columns: request.columns.map { .init(name: $0.name, type: $0.type, isNullable: true) })
        }
    }

    /// The whole query over a scenario: once, or with some of its requests each.
    func wholes(_ scenario: Scenario) -> [Question] {
        guard request != nil else { return [Question(key: nil, values: [])] }
        return scenario.requests.map { Question(key: nil, values: [], request: $0) }
    }
}
