import Foundation

/// A command run to its end.
struct CommandRun: Sendable {
    let status: Int32
    /// Standard output and standard error.
    let output: String

    /// A process that is killed leaves libmongoc's counters in shared memory; a later one with its number would say so on standard error.
    private static let quiet = ["MONGOC_DISABLE_SHM": "1"]

    init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], in folder: String = Repository.root) async throws {
        let own = try ServiceFolder()
        let process = try RunningProcess(
            executable, arguments, environment: ProcessInfo.processInfo.environment.merging(Self.quiet) { $1 }.merging(environment) { $1 }, in: folder,
            logFile: own.path + "/output")
        status = await process.exitStatus()
        output = process.log
    }
}
