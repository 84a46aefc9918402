/// How many workers there are, what they may use, and where Python is.
public struct PythonWorkerSettings: Sendable {
    /// The folder with `worker.py`, `etl_abc.py` and their packages.
    public var folder: String
    /// Path or name of the interpreter; nil: `python3` on `PATH`, then `/usr/bin/python3`, the first that has pandas.
    public var python: String?
    /// Workers in all, and those kept warm without a program.
    public var workers: Int
    public var spares: Int
    /// Calls that may wait for a worker, and for how long: a real-time call, and a training call.
    public var mostWaiting: Int
    public var waitSeconds: Double
    public var trainingWaitSeconds: Double
    /// Importing pandas on a busy machine; loading a user's source; handing over or taking one frame.
    public var startSeconds: Double
    public var loadSeconds: Double
    public var frameSeconds: Double
    /// Open files of a worker; bytes of one file, and of all its temporary files together.
    public var files: Int
    public var fileSize: Int
    /// Run workers even if nothing cuts them off from files and network. For development only.
    public var allowUnsandboxed: Bool
    /// When the service runs as root, workers run as this user and those after it (one each); 60706 to 61183 belong to nobody.
    public var firstUser: UInt32
    /// Input of a training call kept to be sent again if the worker is lost; beyond it such a call is not retried.
    public var replayBytes: Int
    /// The levels to try, best first; nil: those that the machine has.
    var sandboxes: [Sandbox]?

    public init(
        folder: String = "etl", python: String? = nil, workers: Int = 8, spares: Int = 2, mostWaiting: Int = 256, waitSeconds: Double = 5,
        trainingWaitSeconds: Double = 60, startSeconds: Double = 60, loadSeconds: Double = 10, frameSeconds: Double = 30, files: Int = 64,
        fileSize: Int = 64 << 20, allowUnsandboxed: Bool = false, firstUser: UInt32 = 60_706, replayBytes: Int = 64 << 20
    ) {
        self.folder = folder
        self.python = python
        self.workers = workers
        self.spares = spares
        self.mostWaiting = mostWaiting
        self.waitSeconds = waitSeconds
        self.trainingWaitSeconds = trainingWaitSeconds
        self.startSeconds = startSeconds
        self.loadSeconds = loadSeconds
        self.frameSeconds = frameSeconds
        self.files = files
        self.fileSize = fileSize
        self.allowUnsandboxed = allowUnsandboxed
        self.firstUser = firstUser
        self.replayBytes = replayBytes
    }
}
