import Catalog
@testable import Extraction
import FeatureModel
import Testing

@Suite("Bindings to be compared with what is in memory")
struct OpenBindingsTests {
    private struct Failed: Error {}
    private let bindings = OpenBindings()
    private let key = BindingKey(project: .defaultProject, query: QueryID(String(repeating: "a", count: 24))!, etl: nil)

    @Test("are those that others saved, each once")
    func told() {
        bindings.add([key])
        bindings.add([key])
        #expect(bindings.take() == [key])
        #expect(bindings.take().isEmpty)
    }

    @Test("wait while this process is about to save the same one")
    func saving() async throws {
        try await bindings.saving(key) {
            bindings.add([key])
            try await bindings.saving(key) { #expect(bindings.take().isEmpty) }
            #expect(bindings.take().isEmpty)
        }
        #expect(bindings.take() == [key])
    }

    @Test("include one that this process could not save: memory may be ahead of the catalog")
    func failed() async {
        await #expect(throws: Failed.self) { try await bindings.saving(key) { throw Failed() } }
        #expect(bindings.take() == [key])
    }

    @Test("include one that was read while any changed")
    func reading() async {
        await bindings.reading(key) {}
        #expect(bindings.take().isEmpty)
        let other = BindingKey(project: key.project, query: key.query, etl: ETLID(String(repeating: "b", count: 24)))
        await bindings.reading(key) { bindings.add([other]) }
        #expect(Set(bindings.take()) == [key, other])
    }
}
