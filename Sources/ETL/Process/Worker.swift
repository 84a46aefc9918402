import FeatureModel
import Foundation

/// The worker is gone, or must be: it closed the socket, died, sent what no worker sends, or did not take what it was sent.
struct WorkerLost: Error {
    let reason: String
}

/// One process that has imported pandas, and the calls made to it. Every method blocks its thread.
///
/// `@unchecked Sendable`: the pool grants a worker to one caller at a time, and a caller uses it on one thread at a time;
/// only `child`, which is safe by itself, is touched from elsewhere.
final class Worker: @unchecked Sendable {
    struct About: Sendable {
        let python, pandas, numpy: String
        let user: Int
        let interfaces: [String]
    }

    let child: ChildProcess
    private(set) var about = About(python: "", pandas: "", numpy: "", user: -1, interfaces: [])
    /// Not to be used again: its state is unknown, or it has been told to end.
    private(set) var isSpent = false
    private(set) var isCrashed = false
    private let connection: WorkerConnection
    private var call: UInt16 = 0
    private var posted: (bytes: [UInt8], sent: Int) = ([], 0)
    private var lastDecoder: (head: [UInt8], decoder: OutputDecoder)?

    /// Starts a process and waits until it is ready.
    init(_ command: [String], environment: [String], deadline: Deadline) throws {
        child = try ChildProcess(command, environment: environment)
        connection = WorkerConnection(child)
        do {
            let ready = try connection.receive(longestBody: 0, deadline: deadline)
            guard ready.kind == .ready, let told = try? JSONReader.read(ready.head) else { throw GarbledFrame() }
            about = About(
                python: told["python"]?.string ?? "", pandas: told["pandas"]?.string ?? "", numpy: told["numpy"]?.string ?? "",
                user: told["user"]?.int ?? -1, interfaces: told["interfaces"]?.array?.compactMap(\.string) ?? ["?"])
            _ = connection.takePrinted()
        } catch {
            child.end()
            connection.drain()
            let said = connection.takePrinted().split(separator: "\n").suffix(3).joined(separator: "; ")
            throw WorkerLost(reason: said.isEmpty ? "\(error)" : said)
        }
    }

    // MARK: Calls

    func load(_ program: ETLProgram, memory: Int, seconds: Double) throws {
        try guarding {
            call &+= 1
            let head = Array(#"{"memory":\#(memory)}"#.utf8)
            let deadline = Deadline(seconds: seconds)
            try connection.send(WorkerFrame.bytes(.load, call: call, head: head, body: Array(program.source.utf8)), deadline: deadline)
            do {
                let reply = try receive(longestBody: 0, deadline)
                if reply.kind == .failed { throw failure(reply, program) }
                guard reply.kind == .loaded else { throw GarbledFrame() }
            } catch is TimeIsOver {
                throw ETLError(.timeLimit, "loading the ETL's source took longer than \(seconds) s", hint: "do less at import")
            } catch {
                // Some of the source may have run; the next program gets a worker that has seen nothing.
                isSpent = true
                throw error
            }
        }
    }

    /// Begins a call: ``append(_:head:seconds:)`` any number of times, one ``post(_:head:)``, and ``result(_:limits:frameSeconds:)``.
    func begin() { call &+= 1 }

    func append(_ body: [UInt8], head: [UInt8], seconds: Double) throws {
        try guarding {
            try connection.send(WorkerFrame.bytes(.append, call: call, head: head, body: body), deadline: Deadline(seconds: seconds))
        }
    }

    /// Asks for the program to run over what was appended and this last body. Does not wait, so any thread may do it: the
    /// worker is at work already while a thread that may wait for it wakes up.
    func post(_ body: [UInt8], head: [UInt8]) {
        let bytes = WorkerFrame.bytes(.extract, call: call, head: head, body: body)
        posted = (bytes, connection.sendAtOnce(bytes))
    }

    /// Waits for what the program made of it.
    func result(_ program: ETLProgram, limits: ETLLimits, frameSeconds: Double) throws -> ETLOutput {
        try guarding {
            try connection.send(posted.bytes, from: posted.sent, deadline: Deadline(seconds: frameSeconds))
            posted = ([], 0)
            var frames: [Frame] = []
            var rows = 0
            // What the buffers' padding and tables may add to the values themselves.
            var bytesLeft = limits.outputBytes * 2 + (1 << 20)
            var deadline = Deadline(seconds: limits.seconds)
            while true {
                let reply: WorkerFrame
                do {
                    reply = try receive(longestBody: bytesLeft, deadline)
                } catch is TimeIsOver {
                    throw ETLError(
                        .timeLimit, "extract() took longer than \(limits.seconds) s", hint: "do less, or in fewer steps over whole columns")
                }
                if reply.kind == .failed { throw failure(reply, program) }
                guard reply.kind == .rows || reply.kind == .done else { throw GarbledFrame() }
                let decoder = try decoder(for: reply.head)
                let (frame, nanoseconds) = try decoder.frame(reply.body)
                bytesLeft -= reply.body.count
                rows += frame.rowCount
                guard rows <= limits.rows, frames.first.map({ $0.schema == frame.schema }) ?? true else { throw GarbledFrame() }
                frames.append(frame)
                if reply.kind == .done {
                    let seconds = Double(nanoseconds) / 1e9
                    return ETLOutput(schema: decoder.schema, frames: frames, printed: connection.takePrinted(), extractSeconds: seconds)
                }
                deadline = Deadline(seconds: frameSeconds)
            }
        }
    }

    /// The caller does not know what the worker is doing (its task was cancelled).
    func giveUp() { isSpent = true }

    // MARK: Replies

    private func receive(longestBody: Int, _ deadline: Deadline) throws -> WorkerFrame {
        let frame = try connection.receive(longestBody: longestBody, deadline: deadline)
        guard frame.call == call else { throw GarbledFrame() }
        return frame
    }

    /// Equal columns have equal heads: most calls of a program need no new decoder.
    private func decoder(for head: [UInt8]) throws -> OutputDecoder {
        if let lastDecoder, lastDecoder.head == head { return lastDecoder.decoder }
        let decoder = try OutputDecoder(head: head)
        lastDecoder = (head, decoder)
        return decoder
    }

    private func failure(_ frame: WorkerFrame, _ program: ETLProgram) -> any Error {
        guard let told = try? JSONReader.read(frame.head), let failure = ETLError(toldByWorker: told, source: program.source) else {
            return GarbledFrame()
        }
        if failure.kind == .memoryLimit { isSpent = true }
        return failure
    }

    /// Decides what an error means for the worker, and says what became of it.
    private func guarding<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ETLError {
            if error.kind == .timeLimit { isSpent = true }
            _ = connection.takePrinted()
            throw error
        } catch {
            isSpent = true
            isCrashed = true
            let reason: String
            switch error {
            case is GarbledFrame: reason = "it sent something that is no answer"
            case is TimeIsOver: reason = "it took nothing any more"
            default: reason = ending()
            }
            if reason == Self.outOfTime {
                isCrashed = false
                throw ETLError(.timeLimit, "the ETL used more processor time than it may")
            }
            throw WorkerLost(reason: reason)
        }
    }

    private static let outOfTime = "its processor time was used up"

    /// Why the process ended: it closed the socket a moment ago, the kernel may still be at it.
    private func ending() -> String {
        let patience = Deadline(seconds: 1)
        while !patience.isOver {
            guard let status = child.exitStatus() else {
                usleep(500)
                continue
            }
            let signal = status & 0x7f
            let code = (status >> 8) & 0xff
            // bubblewrap and shells tell a signal as 128 and its number.
            let number = signal != 0 ? signal : code > 128 ? code - 128 : 0
            if number == SIGXCPU { return Self.outOfTime }
            if number != 0 { return "it was ended by signal \(number) (\(String(cString: strsignal(number))))" }
            return "it exited with status \(code)"
        }
        return "it closed its connection"
    }
}
