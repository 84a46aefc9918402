import Catalog
import CatalogSQLite
@testable import Extraction
import FeatureModel
import Foundation
import Synchronization
import TestServers
import Testing

@Suite("The library of one of several processes", .timeLimit(.minutes(2)))
struct LibraryTests {
    private let project = ObjectName.defaultProject
    private let names = (0..<4).map { ObjectName("n\($0)")! }

    private func query(_ number: Int) -> QueryID { QueryID(String(repeating: "0", count: 24 - String(number).count) + String(number))! }

    private final class Progress: Sendable {
        let isOver = Atomic(false)
        let saved = Atomic(0)
    }

    @Test("never goes back to an older version while others save and it saves itself, and ends at the newest")
    func neverBack() async throws {
        let folder = try TemporaryFolder.make("fslibrary")
        defer { try? FileManager.default.removeItem(at: folder) }
        let libraries = try (0..<2).map { _ in Library(catalog: try CatalogSQLite(path: folder.path + "/catalog.sqlite")) }
        let watches = libraries.map { $0.catalog.watch() }
        for watch in watches { _ = try await watch.changes() }
        for name in names {
            _ = try await libraries[0].assign(NameDraft(project: project, name: name, queryID: query(0), etlID: nil, owner: "ada"))
            for library in libraries { _ = try await library.name(name, project: project) }
        }
        let progress = Progress()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<6 {
                group.addTask {
                    for round in 1...40 {
                        let (library, name) = (libraries[writer % 2], names[(writer + round) % names.count])
                        let draft = NameDraft(project: project, name: name, queryID: query(writer * 1_000 + round), etlID: nil, owner: "ada")
                        let record = try await library.assign(draft)
                        #expect(try await library.name(name, project: project).version >= record.version, "its own save is seen at once")
                        progress.saved.add(1, ordering: .relaxed)
                    }
                }
            }
            for (library, watch) in zip(libraries, watches) {
                group.addTask {
                    while !progress.isOver.load(ordering: .acquiring) {
                        for change in try await watch.changes() { try await library.renew(change) }
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        var last: [ObjectName: Int] = [:]
                        while !progress.isOver.load(ordering: .acquiring) {
                            for name in names {
                                let version = try await library.name(name, project: project).version
                                #expect(version >= last[name] ?? 0)
                                last[name] = version
                            }
                            await Task.yield()
                        }
                    }
                }
            }
            while progress.saved.load(ordering: .acquiring) < 6 * 40 { try await Task.sleep(for: .milliseconds(2)) }
            progress.isOver.store(true, ordering: .releasing)
            try await group.waitForAll()
        }
        for (library, watch) in zip(libraries, watches) {
            for change in try await watch.changes() { try await library.renew(change) }
            for name in names { #expect(try await library.name(name, project: project).version == 61) }
        }
    }
}
