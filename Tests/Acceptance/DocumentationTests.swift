import Foundation
import Testing

@Suite("The documents say what the code does")
struct DocumentationTests {
    private func swiftFiles(under folder: String) throws -> [String] {
        let base = URL(filePath: Repository.root + "/" + folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return try found.filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
    }

    @Test("every error code of the code is in architecture/errors.md, and the reverse")
    func errorCodes() throws {
        let failures = try swiftFiles(under: "Sources").filter { $0.contains(": Failure") }
        #expect(failures.count > 8)
        var inCode: Set<String> = []
        for source in failures {
            for match in source.matches(of: /case [.A-Za-z, `]+(?::| =) "([a-z]+(?:_[a-z]+)*)"/) { inCode.insert(String(match.1)) }
            for match in source.matches(of: /var code: String \{ "([a-z_]+)" \}/) { inCode.insert(String(match.1)) }
        }
        // A raw value that is its case's own name.
        if failures.contains(where: { $0.contains("case loading\n") }) { inCode.insert("loading") }
        let listed = Set(try Repository.text("architecture/errors.md").matches(of: /\| `([a-z_]+)` \|/).map { String($0.1) })
        #expect(inCode.subtracting(listed).sorted() == [], "codes that architecture/errors.md does not list")
        #expect(listed.subtracting(inCode).sorted() == [], "codes that architecture/errors.md lists and nothing throws")
    }

    @Test("every setting is in the README")
    func settings() throws {
        let source = try Repository.text("Sources/FeatureStoreCommands/Settings/Setting.swift"), readme = try Repository.text("README.md")
        let keys = source.matches(of: /\.init\(key: "([A-Za-z.]+)"/).map { String($0.1) }
        #expect(keys.count > 20)
        for key in keys {
            let name = key.reduce(into: "") { $0 += $1 == "." ? "_" : $1.isUppercase ? "_\($1)" : $1.uppercased() }
            #expect(readme.contains("`\(name)`"), "README lacks the setting \(name)")
        }
    }

    @Test("every route of the code is in openapi.yaml, and the reverse")
    func routes() throws {
        let router = try Repository.text("Sources/API/FeatureStoreRouter.swift")
        let served = Set(router.matches(of: /\(\.(put|post|get|delete|patch), "([^"]+)"/).map { "\($0.1) \($0.2)" })
        var described: Set<String> = []
        var path = ""
        for line in try Repository.text("Sources/API/Resources/openapi.yaml").split(separator: "\n") {
            if let match = line.wholeMatch(of: #/  (\/[^:]*):/#) { path = String(match.1) }
            if let match = line.wholeMatch(of: #/    (put|post|get|delete|patch):/#) { described.insert("\(match.1) \(path)") }
        }
        #expect(served == described)
        #expect(served.count >= 14)
    }

    @Test("every command and every path that the README names exists")
    func readme() throws {
        let readme = try Repository.text("README.md"), makefile = try Repository.text("Makefile")
        for match in readme.matches(of: #/(?:`|    )make ([a-z-]+)/#) { #expect(makefile.contains("\n\(match.1):"), "make \(match.1)") }
        for match in readme.matches(of: #/\b(?:example_flows|architecture|Sources|Tests|etl)\/[A-Za-z0-9_.\/-]*[A-Za-z0-9_]/#) {
            #expect(FileManager.default.fileExists(atPath: Repository.root + "/" + match.0), "\(match.0)")
        }
    }
}
