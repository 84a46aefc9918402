import Foundation
import Glibc
import Logging

/// One thread that starts the server, waits for it, and starts it again when it dies, until told to stop.
///
/// The thread lives as long as the server it started: the kernel stops the server when that thread ends, however it ends.
///
/// `@unchecked Sendable`: `phase`, `pid`, `socket` and `callbacks` are read and written under `condition`; the rest is constant.
final class ServerKeeper: @unchecked Sendable {
    enum Phase: Sendable {
        case starting, ready, stopping
        case ended((any Error)?)
    }

    private let path: String
    private let profile: ServerProfile
    private let settings: [String: String]
    private let startLimit: TimeInterval
    private let log: Logger
    private let condition = NSCondition()
    private var phase = Phase.starting
    private var pid: pid_t?
    private var socket: String?
    private var callbacks: [@Sendable (Result<Void, any Error>) -> Void] = []

    init(path: String, profile: ServerProfile, settings: [String: String], startLimit: TimeInterval, log: Logger) {
        self.path = path
        self.profile = profile
        self.settings = profile.settings.merging(settings) { _, given in given }
        self.startLimit = startLimit
        self.log = log
    }

    func begin() {
        let thread = Thread { self.keep() }
        thread.name = "postgres-keeper"
        thread.start()
    }

    var processID: pid_t? { condition.withLock { pid } }
    var socketFolder: String? { condition.withLock { socket } }
    var hasEnded: Bool { condition.withLock { if case .ended = phase { true } else { false } } }

    /// Calls back once: when the server is ready, or when it has been given up.
    func whenReady(_ callback: @escaping @Sendable (Result<Void, any Error>) -> Void) {
        condition.lock()
        switch phase {
        case .starting:
            callbacks.append(callback)
            condition.unlock()
        case .ready:
            condition.unlock()
            callback(.success(()))
        case .stopping:
            condition.unlock()
            callback(.failure(Self.stopped))
        case .ended(let error):
            condition.unlock()
            callback(.failure(error ?? Self.stopped))
        }
    }

    /// Blocks until the server and the keeper's thread are done: a fast shutdown, then an immediate one, then SIGKILL.
    func stop() {
        condition.lock()
        defer { condition.unlock() }
        if case .ended = phase { return }
        phase = .stopping
        condition.broadcast()
        for (signal, seconds) in [(SIGINT, 20.0), (SIGQUIT, 10.0), (SIGKILL, 5.0)] {
            if let pid { kill(pid, signal) }
            let deadline = Date(timeIntervalSinceNow: seconds)
            while true {
                if case .ended = phase { return }
                guard condition.wait(until: deadline) else { break }
            }
        }
    }

    // MARK: On the keeper's thread

    private func keep() {
        var failure: (any Error)?
        var lock: Int32 = -1
        do {
            let (folder, held, binaries) = try prepare()
            lock = held
            defer { folder.removeSocketFolder() }
            try serve(folder, binaries)
        } catch {
            failure = error
        }
        condition.withLock { socket = nil }
        if lock >= 0 { close(lock) }
        move(to: .ended(failure), answer: .failure(failure ?? Self.stopped))
    }

    private func prepare() throws -> (ServerFolder, Int32, PostgresBinaries) {
        let folder = try ServerFolder(path: path, user: .current())
        let lock = try folder.lock()
        do {
            LeftoverProcesses(dataFolder: folder.data).stop()
            if profile == .scratch, folder.dataVersion != nil, folder.isFromEarlierBoot() { try folder.removeData() }
            let binaries = try PostgresBinaries.find(majorVersion: folder.dataVersion)
            if folder.dataVersion == nil { try folder.initialise(binaries, profile: profile, roles: roles) }
            if profile == .scratch { try folder.noteBoot() }
            try folder.writeAccessFiles(roles: roles)
            let socket = try folder.makeSocketFolder()
            condition.withLock { self.socket = socket }
            return (folder, lock, binaries)
        } catch {
            close(lock)
            throw error
        }
    }

    /// Starts the server again and again until stopped. Throws if the very first start fails.
    private func serve(_ folder: ServerFolder, _ binaries: PostgresBinaries) throws {
        var pause = 0.1
        var wasReady = false
        while !isStopping {
            let began = Date()
            do {
                try runOnce(folder, binaries)
                wasReady = true
                if isStopping { return }
                log.error("the private PostgreSQL ended and is started again", metadata: ["folder": "\(folder.path)"])
            } catch {
                guard wasReady else { throw error }
                log.error("the private PostgreSQL does not start; trying again", metadata: ["folder": "\(folder.path)", "reason": "\(error)"])
            }
            move(to: .starting)
            if Date().timeIntervalSince(began) > 60 { pause = 0.1 }
            rest(pause)
            pause = min(pause * 2, 5)
            LeftoverProcesses(dataFolder: folder.data).stop()
        }
    }

    /// One life of the server. Returns when it ended after having been ready.
    private func runOnce(_ folder: ServerFolder, _ binaries: PostgresBinaries) throws {
        let output = try folder.log.open()
        let offset = folder.log.size
        let child: pid_t
        do {
            defer { close(output) }
            child = try ChildProcess.spawn(command(folder, binaries), input: nil, output: output)
        }
        condition.withLock { pid = child }
        defer { reap(child) }
        let deadline = Date(timeIntervalSinceNow: startLimit)
        while true {
            if isStopping {
                kill(child, SIGINT)
                awaitEnd(of: child)
                return
            }
            if hasEnded(child) { throw failedToStart(folder, "It ended at once.", folder.log.tail(after: offset)) }
            if let file = PostmasterFile(dataFolder: folder.data), file.pid == child, file.isReady { break }
            if Date() > deadline {
                kill(child, SIGINT)
                awaitEnd(of: child)
                throw failedToStart(folder, "It was not ready after \(Int(startLimit)) s.", folder.log.tail(after: offset))
            }
            rest(0.005)
        }
        move(to: .ready, answer: .success(()))
        awaitEnd(of: child)
    }

    private func command(_ folder: ServerFolder, _ binaries: PostgresBinaries) -> [String] {
        var settings = settings
        settings["hba_file"] = folder.hbaFile
        settings["ident_file"] = folder.identFile
        settings["unix_socket_directories"] = socketFolder
        let arguments = settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        return folder.user.command([binaries.path(of: "postgres"), "-D", folder.data] + arguments, diesWithParent: true)
    }

    private func failedToStart(_ folder: ServerFolder, _ what: String, _ tail: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            .startFailed, "The private PostgreSQL in \(folder.path) does not start.", reason: tail.isEmpty ? what : "\(what) \(tail)",
            hint: "Its log is \(folder.log.path).")
    }

    // MARK: The child

    private func hasEnded(_ child: pid_t) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info._sifields._kill.si_pid == child
    }

    /// Blocks until the child has ended, without freeing its process id: nobody else can get it while `pid` holds it.
    private func awaitEnd(of child: pid_t) {
        var info = siginfo_t()
        while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    }

    private func reap(_ child: pid_t) {
        condition.withLock {
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            pid = nil
        }
    }

    // MARK: State

    private var isStopping: Bool { condition.withLock { if case .stopping = phase { true } else { false } } }

    /// Stopping is final: only the end may follow it.
    private func move(to next: Phase, answer: Result<Void, any Error>? = nil) {
        condition.lock()
        if case .stopping = phase, case .ended = next { phase = next } else if case .stopping = phase {} else { phase = next }
        condition.broadcast()
        let waiting = answer == nil ? [] : callbacks
        if answer != nil { callbacks = [] }
        condition.unlock()
        if let answer { for callback in waiting { callback(answer) } }
    }

    private func rest(_ seconds: TimeInterval) {
        condition.withLock {
            let deadline = Date(timeIntervalSinceNow: seconds)
            while true {
                if case .stopping = phase { return }
                guard condition.wait(until: deadline) else { return }
            }
        }
    }

    private let roles = ServerRoles()
    private static let stopped = EmbeddedPostgresError(.notRunning, "The private PostgreSQL was stopped.")
}
