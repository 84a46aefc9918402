import Catalog
public import FeatureModel
import Foundation

/// What was saved, for people: queries, ETLs, names, skew events.
public struct Listing: Sendable {
    /// The most that one answer holds.
    public static let maximumLimit = 1_000

    let library: Library
    let serving: Serving

    public func query(_ source: QuerySource, project: ObjectName) async throws -> JSONValue {
        let id = try await library.id(of: source, project: project).query
        let content = try await library.query(id)
        let names = try await library.catalog.names(project: project)
        let binding = try await library.catalog.binding(query: id, etl: nil, project: project)
        var members = Self.members(content)
        members.append(.init("names", Self.names(names.filter { $0.queryID == id })))
        if let binding {
            members.append(.init("schema", Self.schema(binding.schema)))
            members.append(.init("tables", .array(binding.tables.map { .string($0.name.description) })))
            members.append(.init("realtime", .realtime(binding.obstacles, binding.certificate, isServable: binding.isServable)))
            members.append(.init("keys", .array(binding.keys.map { .array($0.map { .string($0) }) })))
            if let report = binding.report {
                members.append(.init("key_columns", report.keys))
                members.append(.init("lookups", report.plans))
                members.append(.init("warehouse_plan", .array(report.warehousePlan.map { .string($0) })))
                members.append(.init("suggested_indexes", .array(report.suggestedIndexes.map { .string($0) })))
            }
        }
        if let served = serving.known(.init(project: project, query: id, etl: nil)) { members.append(.init("cache", served.cacheReport)) }
        return .object(members)
    }

    public func etl(_ id: ETLID, project: ObjectName) async throws -> JSONValue {
        let content = try await library.etl(id)
        let names = try await library.catalog.names(project: project)
        return .object(Self.members(content) + [.init("names", Self.names(names.filter { $0.etlID == id }))])
    }

    /// Newest first; `next` is the id to go on after, if there may be more.
    public func queries(limit: Int, after: QueryID?, project: ObjectName) async throws -> JSONValue {
        let page = try await library.catalog.queries(limit: limit, after: after)
        let names = Dictionary(grouping: try await library.catalog.names(project: project), by: \.queryID)
        let items = page.map { JSONValue.object(Self.members($0) + [.init("names", Self.names(names[$0.id] ?? []))]) }
        return ["queries": .array(items), "next": .init(page.count == limit ? page.last?.id.hex : nil)]
    }

    public func etls(limit: Int, after: ETLID?, project: ObjectName) async throws -> JSONValue {
        let page = try await library.catalog.etls(limit: limit, after: after)
        let named = try await library.catalog.names(project: project)
        let items = page.map { etl in JSONValue.object(Self.members(etl) + [.init("names", Self.names(named.filter { $0.etlID == etl.id }))]) }
        return ["etls": .array(items), "next": .init(page.count == limit ? page.last?.id.hex : nil)]
    }

    public func skewEvents(project: ObjectName, query: QueryID?, limit: Int) async throws -> JSONValue {
        let events = try await library.catalog.skewEvents(project: project, query: query, limit: limit)
        return [
            "count": .init(events.count),
            "events": .array(
                events.map { event in
                    [
                        "at": .string(Timestamp.text(event.at)), "query_id": .string(event.queryID.hex), "etl_id": .init(event.etlID?.hex),
                        "baseline": event.baseline.map { .init($0) } ?? .null, "outcome": .string(event.outcome), "principal": .string(event.principal),
                        "differences": .array(
                            event.differences.map {
                                ["column": .string($0.column), "kind": .string($0.kind), "saved": .init($0.saved), "served": .init($0.served)]
                            }),
                    ]
                }),
        ]
    }

    private static func members(_ query: QueryContent) -> [JSONValue.Member] {
        [
            .init("query_id", .string(query.id.hex)), .init("query", .string(query.sql)), .init("created_at", .string(Timestamp.text(query.createdAt))),
            .init("created_by", .string(query.createdBy)),
        ] + (query.request.map { [.init("request", .object($0.map { .init($0.name, .string($0.type.description)) }))] } ?? [])
    }

    private static func members(_ etl: ETLContent) -> [JSONValue.Member] {
        [
            .init("etl_id", .string(etl.id.hex)), .init("language", .string(etl.language.rawValue)), .init("source", .string(etl.source)),
            .init("origin", .string(etl.origin)), .init("created_at", .string(Timestamp.text(etl.createdAt))), .init("created_by", .string(etl.createdBy)),
        ]
    }

    private static func names(_ records: [NameRecord]) -> JSONValue {
        .array(records.map { ["name": .string($0.name.text), "version": .init($0.version), "query_id": .string($0.queryID.hex), "etl_id": .init($0.etlID?.hex)] })
    }

    private static func schema(_ schema: Schema) -> JSONValue {
        .array(schema.fields.map { ["name": .string($0.name), "type": .string($0.type.description), "nullable": .bool($0.isNullable)] })
    }
}
