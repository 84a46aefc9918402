import Foundation
import Testing

@Suite("The scripts behind make")
struct ScriptTests {
    private func named(_ pattern: Regex<(Substring, Substring)>, in file: String) throws -> [String] {
        Set(try Repository.text(file).matches(of: pattern).map { String($0.1) }).sorted()
    }

    @Test("every script that the Makefile runs is there and parses, and knows the word that it is run with")
    func scripts() async throws {
        let scripts = try named(/@(?:exec )?(\.make\/[a-z]+)/, in: "Makefile")
        #expect(scripts.count >= 8)
        for script in scripts {
            #expect(FileManager.default.isExecutableFile(atPath: Repository.root + "/" + script), "\(script)")
            let parsed = try await CommandRun("/bin/bash", ["-n", script])
            #expect(parsed.status == 0, "\(parsed.output)")
        }
        for (script, pattern) in [(".make/bench", /\.make\/bench ([a-z]+)/), (".make/setup", /\.make\/setup ([a-z]+)/)] {
            let choices = try Repository.text(script).split(separator: "\n").filter { $0.contains("\"${1:-}\"") && !$0.hasPrefix("#") }
            let words = try (scripts + ["Makefile"]).filter { $0 != script }.flatMap { try named(pattern, in: $0) }
            #expect(!words.isEmpty)
            for word in Set(words) {
                #expect(choices.contains { $0.split { !$0.isLetter }.contains(Substring(word)) }, "\(script) \(word)")
            }
        }
    }

    @Test("every measurement starts, and what it is made of parses")
    func measurements() async throws {
        let measurements = try named(/exec python3 (Tests\/Performance\/[a-z_]+\.py)/, in: ".make/bench")
        #expect(measurements.count >= 3)
        for measurement in measurements {
            let help = try await CommandRun("/usr/bin/python3", ["-B", measurement, "--help"])
            #expect(help.status == 0 && help.output.contains("--build"), "\(measurement): \(help.output)")
        }
        let parsed = try await CommandRun(
            "/usr/bin/python3", ["-B", "-c", "import ast, pathlib; [ast.parse(f.read_text(), f.name) for f in pathlib.Path('Tests/Performance').glob('*.py')]"])
        #expect(parsed.status == 0, "\(parsed.output)")
    }
}
