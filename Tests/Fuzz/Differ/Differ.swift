import Differential
import Foundation

/// Compares PostgreSQL with the realtime store, on a PostgreSQL that it starts and stops itself.
///
///     differ parity NAME QUERIES DATA [ZONE [LOCALE]]
///                                         every *.sql of a folder, over a data set (schema.json and one <table>.tsv a table)
///     differ certify NAME QUERIES DATA    the certificates of the same
///     differ certify FIRST-LAST           those of random queries
///     differ fuzz FIRST-LAST              random queries, one a seed
///     differ show SEED                    what psql takes to ask a seed's query by hand
///     differ ask SEED SQL | @FILE         a query of one's own over a seed's tables, or one a line of a file
///     differ crash FIRST-LAST             spoiled texts, trees and arguments, that nothing crashes; texts of Tests/Parity are among them
///
/// Ends with status 1 if any answer differs or it was interrupted, 2 if it was not called so.
@main
struct Differ {
    static func main() async throws {
        let signals = Interruption.listen()
        defer { signals.forEach { $0.cancel() } }
        let arguments = Array(CommandLine.arguments.dropFirst())
        if (4...6).contains(arguments.count), arguments[0] == "parity" {
            let run = ParityRun(
                name: arguments[1], queries: URL(filePath: arguments[2]), data: URL(filePath: arguments[3]),
                timeZone: arguments.count > 4 ? arguments[4] : "UTC", locale: arguments.count > 5 ? arguments[5] : nil)
            exit(try await run.run() && !Interruption.wasAsked ? 0 : 1)
        }
        if arguments.count == 4, arguments[0] == "certify" {
            var run = CertifyRun(name: arguments[1])
            exit(try await run.run(queries: URL(filePath: arguments[2]), data: URL(filePath: arguments[3])) && !Interruption.wasAsked ? 0 : 1)
        }
        if arguments.count == 2, arguments[0] == "certify", let seeds = FuzzRun.seeds(arguments[1]) {
            var run = CertifyRun(name: "random")
            exit(try await run.run(seeds: seeds) && !Interruption.wasAsked ? 0 : 1)
        }
        if arguments.count == 2, arguments[0] == "fuzz", let seeds = FuzzRun.seeds(arguments[1]) {
            exit(try await FuzzRun(seeds: seeds).run() && !Interruption.wasAsked ? 0 : 1)
        }
        if arguments.count == 2, arguments[0] == "show", let seed = Int(arguments[1]) {
            let tables = FuzzQuery.tables(ofQuery: seed)
            Report.line(tables.setup + FuzzQuery(seed: seed, tables: tables).sql + ";")
            exit(0)
        }
        if arguments.count == 3, arguments[0] == "ask", let seed = Int(arguments[1]) {
            let engines = try await TwoEngines(setup: FuzzQuery.tables(ofQuery: seed).setup)
            // Several, a line each, from a file.
            let texts = arguments[2].hasPrefix("@") ? try String(contentsOfFile: String(arguments[2].dropFirst()), encoding: .utf8).split(separator: "\n").map(String.init) : [arguments[2]]
            for text in texts { Report.line("\(try await engines.compareWhole(text))\(texts.count > 1 ? "  | \(text)" : "")") }
            await engines.close()
            exit(0)
        }
        if arguments.count == 2, arguments[0] == "crash", let seeds = FuzzRun.seeds(arguments[1]) {
            try await CrashRun(seeds: seeds, folder: URL(filePath: "Tests/Parity")).run()
            exit(Interruption.wasAsked ? 1 : 0)
        }
        Report.line(
            "differ parity NAME QUERIES DATA [ZONE [LOCALE]] | differ certify NAME QUERIES DATA | differ certify FIRST-LAST | differ fuzz FIRST-LAST | differ show SEED | differ ask SEED SQL | differ crash FIRST-LAST")
        exit(2)
    }
}
