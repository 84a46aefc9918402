import Catalog
import FeatureModel
import Testing

extension CatalogContract {
    @Suite("Changes")
    struct Changes {
        @Test("tells each name, binding and baseline that another process saves, once, and nothing else", arguments: CatalogBackend.allCases)
        func told(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let (here, there) = (try store.open(), try store.open())
            _ = try await there.assign(Sample.draft("before", query: 1))
            try await there.save(Sample.binding(query: 1))
            let watch = here.watch()
            #expect(try await watch.changes().isEmpty, "what was there before is no news")
            _ = try await there.insert(Sample.query(1))
            _ = try await there.insert(Sample.etl(1))
            try await there.record(Sample.event(1))
            #expect(try await watch.changes().isEmpty)
            _ = try await there.assign(Sample.draft("risk", query: 1))
            #expect(try await watch.changes() == [.name(Sample.name("risk"), project: Sample.project)])
            _ = try await there.append(Sample.baseline(), query: Sample.queryID(1), etl: nil, project: Sample.other)
            #expect(try await watch.changes() == [.baselines(BindingKey(project: Sample.other, query: Sample.queryID(1), etl: nil))])
            let binding = Sample.binding(query: 2, etl: 3)
            try await there.save(binding)
            #expect(try await watch.changes() == [.binding(binding.key)])
            for _ in 0..<50 { #expect(try await watch.changes().isEmpty) }
        }

        @Test("tells every further version, replaced binding and baseline, and what this process saves itself", arguments: CatalogBackend.allCases)
        func again(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let (here, there) = (try store.open(), try store.open())
            let watch = here.watch()
            _ = try await watch.changes()
            let key = BindingKey(project: Sample.project, query: Sample.queryID(1), etl: Sample.etlID(1))
            for (number, catalog) in [there, here, there, there].enumerated() {
                _ = try await catalog.assign(Sample.draft("risk", query: number))
                #expect(try await watch.changes() == [.name(Sample.name("risk"), project: Sample.project)])
                try await catalog.save(Sample.binding(query: 1, etl: 1, sql: "SELECT \(number)"))
                #expect(try await watch.changes() == [.binding(key)])
                _ = try await catalog.append(Sample.baseline(rows: number), query: key.query, etl: key.etl, project: key.project)
                #expect(try await watch.changes() == [.baselines(key)])
            }
            _ = try await there.assign(Sample.draft("risk", query: 7))
            try await there.save(Sample.binding(query: 1, etl: 1))
            #expect(try await watch.changes() == [.name(Sample.name("risk"), project: Sample.project), .binding(key)], "several at once")
        }

        @Test("tells each of two readers everything", arguments: CatalogBackend.allCases)
        func twoReaders(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let (one, other) = (catalog.watch(), catalog.watch())
            for watch in [one, other] { _ = try await watch.changes() }
            try await catalog.save(Sample.binding(query: 1))
            for watch in [one, other] { #expect(try await watch.changes() == [.binding(Sample.binding(query: 1).key)]) }
        }

        @Test("reads at least what it was told of, whatever 16 writers in two processes do meanwhile", arguments: CatalogBackend.allCases)
        func many(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let writers = [try store.open(), try store.open()], reader = try store.open()
            let watch = reader.watch()
            _ = try await watch.changes()
            let rounds = 15
            async let written: [Void] = concurrently(16) { writer in
                for round in 1...rounds {
                    _ = try await writers[writer % 2].assign(Sample.draft("n\(writer % 8)", query: writer * 100 + round))
                    try await writers[writer % 2].save(Sample.binding(query: writer, sql: "\(round)"))
                }
            }
            // What a cache would hold that reads again only what it is told of.
            var versions: [ObjectName: Int] = [:], bindings: [BindingKey: String?] = [:]
            func follow() async throws {
                for change in try await watch.changes() {
                    switch change {
                    case .name(let name, let project): versions[name] = try await reader.name(name, version: nil, project: project)?.version
                    case .binding(let key): bindings[key] = try await reader.binding(query: key.query, etl: key.etl, project: key.project)?.canonicalSQL
                    case .baselines: Issue.record("nobody appended a baseline")
                    }
                }
            }
            while bindings.count < 16 || versions.values.reduce(0, +) < 16 * rounds / 2 { try await follow() }
            _ = try await written
            // One write may become readable after another with a later revision: it is told some looks later.
            for _ in 0..<25 { try await follow() }
            #expect(versions.count == 8 && versions.values.allSatisfy { $0 == 2 * rounds }, "\(versions)")
            #expect(bindings.count == 16 && bindings.values.allSatisfy { $0 == "\(rounds)" }, "\(bindings)")
        }
    }
}
