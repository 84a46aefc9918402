/// Reads sources from the web and from folders. What it reads it does not keep; safe to use from any task.
public struct SourceFetcher: SourceFetching {
    private let web: WebSource
    private let folders: FolderSource

    public init(settings: SourceFetchSettings = SourceFetchSettings()) {
        web = WebSource(settings: settings)
        folders = FolderSource(roots: settings.roots, mostBytes: settings.mostBytes)
    }

    public func fetch(_ path: String) async throws -> FetchedSource {
        guard !path.isEmpty, path.utf8.count <= 4_096, path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw SourceFetchError(.badPath, "the path of the ETL's source is empty, too long or holds control characters")
        }
        let scheme = path.prefix { $0 != ":" && $0 != "/" }.lowercased()
        guard path.dropFirst(scheme.count).hasPrefix(":") else {
            return try await folders.fetch(path)
        }
        switch scheme {
        case "http", "https": return try await web.fetch(WebAddress(path))
        case let scheme where scheme.hasPrefix("git+"):
            throw SourceFetchError(
                .badPath, "sources are not read from git repositories by this version",
                hint: "give the file's own https address, or send the text as etl_source")
        default:
            throw SourceFetchError(
                .badPath, "sources are not read by '\(scheme):'", hint: "give an http(s) address, a path under an ETL folder, or an ETL's id")
        }
    }
}

/// What a path's ending says about the source in it.
enum SourceKind {
    /// Throws for endings other than `.py` and `.sql`.
    static func isSQL(_ path: some StringProtocol) throws -> Bool {
        if path.hasSuffix(".py") { return false }
        if path.hasSuffix(".sql") { return true }
        throw SourceFetchError(.badPath, "the path of an ETL's source ends in .py or .sql", hint: "rename the file, or send its text as etl_source")
    }

    /// The bytes as text; a byte order mark is no part of it.
    static func text(_ bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...], as: UTF8.self), !bytes.contains(0)
        else { throw SourceFetchError(.notText, "the ETL's source is no UTF-8 text", hint: "save the file as UTF-8") }
        return text
    }

    static func tooLarge(_ most: Int) -> SourceFetchError {
        SourceFetchError(.tooLarge, "the ETL's source is larger than \(most) bytes")
    }
}
