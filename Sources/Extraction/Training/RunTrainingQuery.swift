import Catalog
public import FeatureModel
import Foundation
import SQLDialect
import Warehouse

/// Runs a query on the warehouse, and saves it if asked to.
public struct RunTrainingQuery: Sendable {
    public struct Request: Sendable {
        public var source: QuerySource
        /// Rows of `request`, if the query reads one: its answer for each.
        public var requestRows: JSONValue?
        public var name: ObjectName?
        public var entityKey: [String]?
        public var project: ObjectName
        public var principal: Principal
        public var save: Bool
        public var requireRealtime: Bool
        /// Lookups may scan more rows than the limit. Nil leaves it as it was saved.
        public var allowsScan: Bool?
        /// Answers are kept by key, however cheap they are. Nil leaves it as it was saved.
        public var isCached: Bool?

        public init(
            source: QuerySource, requestRows: JSONValue? = nil, name: ObjectName?, entityKey: [String]?, project: ObjectName, principal: Principal, save: Bool, requireRealtime: Bool,
            allowsScan: Bool? = nil, isCached: Bool? = nil
        ) {
            self.source = source
            self.requestRows = requestRows
            self.name = name
            self.entityKey = entityKey
            self.project = project
            self.principal = principal
            self.save = save
            self.requireRealtime = requireRealtime
            self.allowsScan = allowsScan
            self.isCached = isCached
        }
    }

    private let saving: SaveQuery
    private let serving: Serving
    private let warehouse: any Warehouse
    private let limits: RunLimits

    init(saving: SaveQuery, serving: Serving, warehouse: any Warehouse, limits: RunLimits) {
        self.saving = saving
        self.serving = serving
        self.warehouse = warehouse
        self.limits = limits
    }

    /// `{"query_id": …, "keys": …, "realtime": …, "data": [row, …]}`; the last three as the rows come.
    public func run(_ request: Request) async throws -> AnswerStream {
        let text = try await serving.library.text(of: request.source, project: request.project)
        let analysed = try await serving.analysed(text.sql, request: text.request)
        // A text that is saved may be without rows: its answer has none then.
        let rows = request.requestRows ?? (text.request != nil && request.save && text.id == nil ? [] : nil)
        let runLimits = try limits.giving(rows, to: text.request, checkedBy: serving.store)
        var head: [JSONValue.Member] = []
        if request.save {
            let saved = try await saving.run(
                checked: analysed.checked, analysed: analysed.query, name: request.name, entityKey: request.entityKey, project: request.project,
                principal: request.principal, requireRealtime: request.requireRealtime, allowsScan: request.allowsScan, isCached: request.isCached)
            head = [.init("query_id", .string(saved.id.hex))] + (saved.name.map { [.init("name", .string($0.name.text)), .init("version", .init($0.version))] } ?? [])
                + [.init("keys", saved.keys), .init("realtime", saved.realtime)]
        } else {
            if request.requireRealtime, !analysed.query.obstacles.isEmpty { throw ServedStatement.notServable(analysed.query.obstacles) }
            head = [.init("query_id", .init(text.id?.hex))]
        }
        return AnswerStream.rows(try await warehouse.jsonRows(of: analysed.query.trainingSQL, limits: runLimits), head: head)
    }
}

extension AnswerStream {
    /// An object whose last member is `data`, an array of the rows as they come.
    static func rows(_ rows: JSONRowStream, head: [JSONValue.Member]) -> AnswerStream {
        AnswerStream { sink in
            var open = Array("{".utf8)
            for member in head {
                JSONText.write(member.key, to: &open)
                open.append(UInt8(ascii: ":"))
                member.value.write(to: &open)
                open.append(UInt8(ascii: ","))
            }
            open.append(contentsOf: "\"data\":[".utf8)
            try await sink.send(open)
            var isFirst = true
            for try await batch in rows where batch.rowCount > 0 {
                if !isFirst { try await sink.send(",") }
                isFirst = false
                try await sink.send(batch.bytes)
            }
            // A stream ends silently in a cancelled task: without this a cut answer would look whole.
            try Task.checkCancellation()
            try await sink.send("]}")
        }
    }
}
