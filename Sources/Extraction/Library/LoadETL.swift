import Catalog
import FeatureModel
import SQLDialect
import SourceFetch

/// Reads an ETL from where a request says it is, and works out its id.
struct LoadETL: Sendable {
    let library: Library
    let fetcher: any SourceFetching
    let identity: IdentityKey
    let policy: FunctionPolicy

    func load(_ source: ETLSource) async throws -> LoadedETL {
        switch source {
        case .id(let id):
            let saved = try await library.etl(id)
            return LoadedETL(id: id, language: saved.language, source: saved.source, origin: saved.origin, canonicalForm: [])
        case .path(let path):
            let fetched = try await fetcher.fetch(path)
            return try await identified(fetched.text, language: fetched.isSQL ? .sql : .python, origin: fetched.origin)
        case .text(let text):
            return try await identified(text, language: Self.language(of: text), origin: "request")
        }
    }

    /// A line that begins a class, a function or an import makes it Python, also where its class has another name than the contract asks for:
    /// no SELECT has such a line outside a literal or a comment.
    private static func language(of text: String) -> ETLLanguage {
        text.contains(/(?m)^(class\s+\w+\s*[(:]|(async\s+)?def\s+\w+\s*\(|import\s+\w|from\s+[\w.]+\s+import\s)/) ? .python : .sql
    }

    private func identified(_ source: String, language: ETLLanguage, origin: String) async throws -> LoadedETL {
        let form: [UInt8]
        switch language {
        case .python: form = CanonicalForm.etl(language: .python, source: source)
        case .sql:
            let checked = try await CheckedQuery(source, as: .sqlETL, policy: policy)
            form = try await DeepStack.run { checked.canonicalForm() }
        }
        return LoadedETL(id: identity.id(canonicalForm: form), language: language, source: source, origin: origin, canonicalForm: form)
    }
}
