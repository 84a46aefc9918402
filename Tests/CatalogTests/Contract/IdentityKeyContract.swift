import Catalog
import Testing

extension CatalogContract {
    @Suite("Identity key and life cycle")
    struct IdentityKeys {
        @Test("keeps the first key of 64 processes that start at once", arguments: CatalogBackend.allCases)
        func race(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalogs = try (0..<4).map { _ in try store.open() }
            let keys = try await concurrently(64) { try await IdentityKey.agreed(configured: nil, with: catalogs[$0 % 4]).bytes }
            #expect(Set(keys).count == 1 && keys[0].count == 32)
            for catalog in catalogs { await catalog.close() }
            #expect(try await IdentityKey.agreed(configured: nil, with: try store.open()).bytes == keys[0])
        }

        @Test("stores a configured key, and refuses a process whose key differs", arguments: CatalogBackend.allCases)
        func configured(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let (key, other) = (IdentityKey.random(), IdentityKey.random())
            #expect(try await IdentityKey.agreed(configured: key, with: catalog).isSame(as: key))
            #expect(try await IdentityKey.agreed(configured: nil, with: catalog).isSame(as: key))
            let error = await #expect(throws: IdentityError.self) { try await IdentityKey.agreed(configured: other, with: catalog) }
            #expect(error?.code == "catalog_key_mismatch")
        }

        @Test("answers a ping; a closed catalog is unavailable", arguments: CatalogBackend.allCases)
        func closed(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            try await catalog.ping()
            await catalog.close()
            let error = await #expect(throws: CatalogError.self) { try await catalog.ping() }
            #expect(error?.kind == .unavailable)
            await catalog.close()
        }
    }
}
