import FeatureModel
import Foundation

/// A Python that has pandas, and the folders it is made of.
struct Interpreter: Sendable {
    let executable: String
    /// Outside of `/usr`; a sandbox shows them read-only.
    let folders: [String]

    /// Asks each candidate; throws ``ETLError`` `notInstalled` if none has pandas. Blocks for a fraction of a second each.
    static func find(_ named: String?) throws -> Interpreter {
        let candidates = named.map { $0.contains("/") ? [$0] : onPath($0) } ?? onPath("python3") + ["/usr/bin/python3"]
        var seen: Set<String> = []
        for candidate in candidates where seen.insert(candidate).inserted {
            if let found = ask(candidate) { return found }
        }
        let what = named.map { "the interpreter '\($0)' does not run, or has no pandas" } ?? "there is no python3 with pandas"
        throw ETLError(.notInstalled, what, hint: "install the package python3-pandas, or name another interpreter in the settings")
    }

    private static func onPath(_ name: String) -> [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/\(name)" }.filter { access($0, X_OK) == 0 }
    }

    private static let question = """
        import importlib.util, json, os, sys
        found = [importlib.util.find_spec(name) for name in ("pandas", "numpy")]
        folders = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path]
        folders = [os.path.abspath(folder) for folder in folders if folder and os.path.isdir(folder)]
        folders = [folder for folder in folders if folder != "/usr" and not folder.startswith("/usr/")]
        print(json.dumps({"executable": sys.executable, "folders": sorted(set(folders)), "complete": None not in found}))
        """

    private static func ask(_ candidate: String) -> Interpreter? {
        // A wrapper script may need to find other programs; the answer names the interpreter itself.
        let environment = ["LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(NSHomeDirectory())"]
        guard let child = try? ChildProcess([candidate, "-s", "-B", "-c", question], environment: environment) else { return nil }
        let output = PrintedText(descriptor: child.output, limit: 65_536)
        output.drainUntilClosed(Deadline(seconds: 20))
        child.end()
        guard let answer = try? JSONReader.read(output.text), answer["complete"]?.bool == true, let path = answer["executable"]?.string,
            !path.isEmpty, let folders = answer["folders"]?.array
        else { return nil }
        return Interpreter(executable: path, folders: outermost(folders.compactMap(\.string)))
    }

    /// Without those that lie in another of them.
    private static func outermost(_ folders: [String]) -> [String] {
        folders.filter { folder in folder != "/" && !folders.contains { $0 != folder && folder.hasPrefix($0 + "/") } }
    }
}
