import FeatureModel
import Foundation
import Logging
import Synchronization
import Threads

/// What was found out once: which Python, which sandbox, which versions.
struct WorkerEnvironment: Sendable {
    let interpreter: Interpreter
    let sandbox: Sandbox
    let about: Worker.About
    /// The folder with `worker.py`, absolute.
    let folder: String

    var description: String {
        "python \(about.python), pandas \(about.pandas), numpy \(about.numpy) (sandbox: \(sandbox.description))"
    }

    var warnings: [String] { sandbox.warning.map { [$0] } ?? [] }

    func command(for id: WorkerPool.WorkerID, _ settings: PythonWorkerSettings) -> [String] {
        Self.command(id, settings, interpreter, sandbox, folder)
    }

    private static func command(
        _ id: WorkerPool.WorkerID, _ settings: PythonWorkerSettings, _ interpreter: Interpreter, _ sandbox: Sandbox, _ folder: String
    ) -> [String] {
        let isRoot = geteuid() == 0
        // A user each, so that no two workers can touch each other's processes whatever the sandbox.
        let user: JSONValue = isRoot ? .number(String(settings.firstUser + UInt32(id % 400))) : .null
        let told: JSONValue = ["user": user, "files": JSONValue(settings.files), "fileSize": JSONValue(settings.fileSize)]
        return sandbox.command(
            interpreter, folder: folder, temporaryBytes: settings.fileSize, isRoot: isRoot, settings: told.description)
    }

    /// Tries the sandboxes, best first, by starting a worker in each; the worker of the first that works comes back too.
    /// Blocks for the time an import of pandas takes.
    static func find(_ settings: PythonWorkerSettings, workerID: WorkerPool.WorkerID) throws -> (WorkerEnvironment, Worker) {
        guard let resolved = realpath(settings.folder, nil) else {
            throw ETLError(
                .notInstalled, "the folder of the Python side, '\(settings.folder)', does not exist", hint: "set it to the project's folder etl/")
        }
        defer { free(resolved) }
        let folder = String(cString: resolved)
        let interpreter = try Interpreter.find(settings.python)
        var reasons: [String] = []
        let sandboxes = settings.sandboxes ?? Sandbox.candidates(allowUnsandboxed: settings.allowUnsandboxed, isRoot: geteuid() == 0)
        for sandbox in sandboxes {
            let arguments = command(workerID, settings, interpreter, sandbox, folder)
            do {
                let worker = try Worker(arguments, environment: Sandbox.environment, deadline: Deadline(seconds: settings.startSeconds))
                // The sandbox's word is not enough: the worker says which network it sees.
                guard sandbox == .none || worker.about.interfaces.allSatisfy({ $0 == "lo" }) else {
                    worker.child.end()
                    reasons.append("\(sandbox.description): the network is still there")
                    continue
                }
                return (WorkerEnvironment(interpreter: interpreter, sandbox: sandbox, about: worker.about, folder: folder), worker)
            } catch let lost as WorkerLost {
                reasons.append("\(sandbox.description): \(lost.reason)")
            }
        }
        if settings.allowUnsandboxed { throw ETLError(.notInstalled, "no ETL worker can be started", reason: reasons.joined(separator: "; ")) }
        throw ETLError(
            .notIsolated, "ETLs can't be cut off from files and network here, so none is run",
            reason: reasons.isEmpty ? "bubblewrap is not installed" : reasons.joined(separator: "; "),
            hint: "install the package bubblewrap, or allow ETLs without a sandbox in the settings (for development only)")
    }
}

extension PythonWorkers {
    /// Found out once; several callers wait for the same search. A failure is forgotten after two seconds.
    func environment() async throws -> WorkerEnvironment {
        let task: Task<WorkerEnvironment, any Error> = state.withLock { state in
            if let task = state.discovery, state.discoveryFailedUntil.map({ !$0.isOver }) ?? true { return task }
            let task = Task { try await self.discover() }
            state.discovery = task
            state.discoveryFailedUntil = nil
            return task
        }
        do {
            return try await task.value
        } catch {
            state.withLock { state in
                if state.discovery == task, state.discoveryFailedUntil == nil { state.discoveryFailedUntil = Deadline(seconds: 2) }
            }
            throw error
        }
    }

    private func discover() async throws -> WorkerEnvironment {
        let settings = settings
        let (environment, worker) = try await starters.run { try WorkerEnvironment.find(settings, workerID: 0) }
        logger.info("ETL workers", metadata: ["runtime": "\(environment.description)"])
        for warning in environment.warnings { logger.warning("\(warning)") }
        perform(
            state.withLock { state in
                state.environment = environment
                state.workers[0] = worker
                return state.pool.adopt(0)
            })
        return environment
    }
}
