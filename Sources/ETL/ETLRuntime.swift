public import FeatureModel

/// Runs Python ETLs in other processes. User code never runs in the server's (DESIGN promise 6).
public protocol ETLRuntime: Sendable {
    /// One small input, one small output: the realtime path. A worker that already holds the program is preferred.
    /// A lost worker is replaced, and the call retried once.
    func extract(_ program: ETLProgram, from frame: Frame, limits: ETLLimits) async throws -> ETLOutput

    /// Any number of frames, all of which the program sees as one `self.df`: the training path.
    func extract(_ program: ETLProgram, schema: Schema, from frames: AsyncThrowingStream<Frame, any Error>, limits: ETLLimits) async throws
        -> ETLOutput

    /// Loads the program without running `extract()`, so that a syntax error or a missing `Etl` class is told at save.
    func check(_ program: ETLProgram) async throws

    /// Interpreter and package versions, e.g. `python 3.11.2, pandas 1.5.3, numpy 1.24.2`.
    func runtimeDescription() async throws -> String

    /// Workers by state, for metrics.
    func statistics() -> ETLStatistics
}

public struct ETLProgram: Sendable, Hashable {
    public let id: ETLID
    public let source: String

    public init(id: ETLID, source: String) {
        self.id = id
        self.source = source
    }
}

public struct ETLLimits: Sendable {
    /// Wall time of one `extract()`.
    public var seconds: Double
    /// Address space of the worker, bytes.
    public var memory: Int
    /// Rows of the output.
    public var rows: Int
    /// Bytes of the output.
    public var outputBytes: Int

    public init(seconds: Double = 5, memory: Int = 2 << 30, rows: Int = 10_000_000, outputBytes: Int = 256 << 20) {
        self.seconds = seconds
        self.memory = memory
        self.rows = rows
        self.outputBytes = outputBytes
    }
}

/// What `extract()` left. Types are those of DESIGN section 4 going out of pandas; a column without any value has type `unknown`.
public struct ETLOutput: Sendable {
    public let schema: Schema
    public let frames: [Frame]
    /// What the program printed, at most 8 KB; for the log and for training answers.
    public let printed: String
    /// Time spent in `extract()` itself, as the worker measured it on a ready data frame.
    public let extractSeconds: Double

    public init(schema: Schema, frames: [Frame], printed: String, extractSeconds: Double = 0) {
        self.schema = schema
        self.frames = frames
        self.printed = printed
        self.extractSeconds = extractSeconds
    }
}

public struct ETLStatistics: Sendable {
    public let idle: Int
    public let busy: Int
    public let started: Int
    public let crashed: Int

    public init(idle: Int, busy: Int, started: Int, crashed: Int) {
        self.idle = idle
        self.busy = busy
        self.started = started
        self.crashed = crashed
    }
}
