import Catalog
import FeatureModel

/// Brings a served statement to what another process has saved of it: how it is to be served, and whether its certificate holds.
struct FollowBinding: Sendable {
    let serving: Serving
    let certificates: CertificateKeeper
    let definitions: DefinitionWatch

    func run(_ key: Serving.Key) async throws {
        // What is not in memory is read when it is asked for.
        guard let served = serving.known(key) else { return certificates.forget(key) }
        guard let binding = try await serving.library.catalog.binding(query: key.query, etl: key.etl, project: key.project) else { return }
        // One of the two has not seen yet what the tables are like now. The warehouse knows.
        guard binding.definitionsDigest == served.analysed.definitionsDigest else { return definitions.lookSoon() }
        guard served.failure == nil, let current = try await followed(binding, served) else { return }
        try await certificates.follow(binding, current)
    }

    /// Under the binding's options, and in PostgreSQL's form if it was this process that could not get it. Nil if somebody has replaced the
    /// statement meanwhile: they save it, too.
    private func followed(_ binding: Binding, _ served: ServedStatement) async throws -> ServedStatement? {
        let options = binding.options ?? ServingOptions()
        let isTyped = served.analysed.canonicalSQL == nil && binding.canonicalSQL != nil
        guard isTyped || options != served.options else { return served }
        let analysed = isTyped ? try await serving.analysed(binding) : served.analysed
        let made = try await serving.made(analysed, queryColumns: served.keyColumns, for: binding.key, options: options)
        if made.analysed.obstacles.isEmpty {
            for columns in served.preparedKeys { _ = try? await made.lookup(by: columns, patience: nil) }
        }
        return serving.replace(served, with: made, for: binding.key) ? made : nil
    }
}
