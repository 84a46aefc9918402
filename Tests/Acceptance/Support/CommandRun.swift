import Foundation

/// A command run to its end.
struct CommandRun: Sendable {
    let status: Int32
    /// Standard output and standard error.
    let output: String

    init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], in folder: String = Repository.root) async throws {
        let own = try ServiceFolder()
        let process = try RunningProcess(
            executable, arguments, environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, in: folder,
            logFile: own.path + "/output")
        status = await process.exitStatus()
        output = process.log
    }
}
