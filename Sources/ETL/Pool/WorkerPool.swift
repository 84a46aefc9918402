import FeatureModel

/// Decides which worker serves whom, which to start and which to end. Does nothing itself: every event returns the actions
/// that ``PythonWorkers`` carries out, so all of it is tested without a process.
///
/// A worker is bound to the first program it loads, and to that program's memory limit, for the rest of its life.
struct WorkerPool: Sendable {
    struct Key: Hashable, Sendable {
        let program: ETLID
        let memory: Int
    }

    /// Training calls may hold only half of the workers: they take minutes, and real-time calls don't wait for them.
    enum Lane: Sendable { case realtime, training }

    typealias WorkerID = Int
    typealias WaiterID = Int

    struct Waiter: Sendable {
        let id: WaiterID
        let key: Key
        let lane: Lane
        /// Not a worker that holds the program already: the last one was lost.
        let wantsFresh: Bool
    }

    enum Action: Sendable, Equatable {
        case start(WorkerID)
        /// End a worker that is warm or idle; it is forgotten already.
        case stop(WorkerID)
        case grant(WaiterID, WorkerID, holdsProgram: Bool)
        case refuse(WaiterID, Refusal)
    }

    enum Refusal: Sendable, Equatable {
        /// No worker could be started.
        case startFailed
        case shutDown
        /// Too many wait already.
        case full
    }

    private enum State: Sendable {
        case starting
        /// pandas is imported, no program loaded.
        case spare
        case idle(Key, since: Int)
        case busy(Key, Lane)
    }

    let most: Int
    let spares: Int
    let mostWaiting: Int
    private var workers: [WorkerID: State] = [:]
    private var waiters: [Waiter] = []
    private var lastWorker = 0
    private var clock = 0
    private var isShutDown = false
    /// Set by a failed start, so that failing starts don't chase each other; cleared by ``retry()`` and by the next caller.
    private var isHoldingBack = false
    private(set) var started = 0
    private(set) var crashed = 0

    init(most: Int, spares: Int, mostWaiting: Int) {
        self.most = max(1, most)
        self.spares = min(max(0, spares), max(1, most))
        self.mostWaiting = mostWaiting
    }

    /// Real-time calls of one program may hold half of the workers, so that no program keeps out all others.
    var perProgram: Int { max(1, most / 2) }
    var mostTraining: Int { max(1, most / 2) }

    // MARK: Events

    /// Somebody wants to run a program. Answered at once or later by `grant` or `refuse`.
    mutating func acquire(_ waiter: Waiter) -> [Action] {
        if isShutDown { return [.refuse(waiter.id, .shutDown)] }
        if waiters.count >= mostWaiting { return [.refuse(waiter.id, .full)] }
        isHoldingBack = false
        waiters.append(waiter)
        return settle()
    }

    /// The waiter gave up (its time is over, or it was cancelled). False if it had been answered.
    mutating func abandon(_ id: WaiterID) -> Bool {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return false }
        waiters.remove(at: index)
        return true
    }

    /// The very first worker, started to find out how; the other spares follow it.
    mutating func adopt(_ id: WorkerID) -> [Action] {
        if isShutDown { return [.stop(id)] }
        workers[id] = .starting
        return didStart(id)
    }

    /// A worker has imported pandas and said so.
    mutating func didStart(_ id: WorkerID) -> [Action] {
        guard case .starting? = workers[id] else { return [.stop(id)] }
        started += 1
        workers[id] = .spare
        return settle()
    }

    /// Those who wait are told if nothing else can serve them.
    mutating func failedToStart(_ id: WorkerID) -> [Action] {
        guard workers.removeValue(forKey: id) != nil else { return [] }
        isHoldingBack = true
        var actions = settle()
        if startingCount == 0 {
            let busy = workers.values.contains { if case .busy = $0 { true } else { false } }
            if !busy {
                actions += waiters.map { .refuse($0.id, .startFailed) }
                waiters = []
            }
        }
        return actions
    }

    /// The call is over and the worker well.
    mutating func release(_ id: WorkerID) -> [Action] {
        guard case .busy(let key, _)? = workers[id] else { return [] }
        clock += 1
        workers[id] = .idle(key, since: clock)
        return settle()
    }

    /// The worker is gone: it crashed, or the call ended it. `isCrash` counts it as the former.
    mutating func remove(_ id: WorkerID, isCrash: Bool) -> [Action] {
        guard workers.removeValue(forKey: id) != nil else { return [] }
        if isCrash { crashed += 1 }
        return settle()
    }

    /// Starts again what could not be started.
    mutating func retry() -> [Action] {
        isHoldingBack = false
        return settle()
    }

    mutating func shutDown() -> [Action] {
        isShutDown = true
        let actions: [Action] = waiters.map { .refuse($0.id, .shutDown) } + workers.keys.sorted().map { .stop($0) }
        waiters = []
        workers = [:]
        return actions
    }

    // MARK: Deciding

    /// Serves those who wait, oldest first, and starts and ends workers for those who can't be served yet. Hundreds may wait, at every event.
    private mutating func settle() -> [Action] {
        guard !isShutDown else { return [] }
        var actions: [Action] = []
        var served: Set<WaiterID> = []
        var awaited = startingCount
        var busy = Busy(workers.values)
        for waiter in waiters {
            guard busy.admits(waiter, mostTraining: mostTraining, perProgram: perProgram) else { continue }
            // Nobody is free, and no worker can be started in the place of another.
            if idleCount == 0, awaited == 0, isHoldingBack || workers.count >= most { break }
            if let id = worker(for: waiter) {
                let holds = if case .idle? = workers[id] { true } else { false }
                workers[id] = .busy(waiter.key, waiter.lane)
                busy.add(waiter.key, waiter.lane)
                served.insert(waiter.id)
                actions.append(.grant(waiter.id, id, holdsProgram: holds))
                continue
            }
            // A worker that is starting is for the oldest who waits.
            if awaited > 0 {
                awaited -= 1
            } else if !isHoldingBack {
                if workers.count >= most, let victim = leastRecentlyUsed() {
                    workers[victim] = nil
                    actions.append(.stop(victim))
                }
                if workers.count < most { actions.append(start()) }
            }
        }
        if !served.isEmpty { waiters.removeAll { served.contains($0.id) } }
        while !isHoldingBack, workers.count < most, readyCount < spares { actions.append(start()) }
        return actions
    }

    private mutating func start() -> Action {
        lastWorker += 1
        workers[lastWorker] = .starting
        return .start(lastWorker)
    }

    /// How many workers are at work, for whom.
    private struct Busy {
        private var training = 0
        private var ofProgram: [ETLID: Int] = [:]

        init(_ states: some Sequence<State>) {
            for case .busy(let key, let lane) in states { add(key, lane) }
        }

        mutating func add(_ key: Key, _ lane: Lane) {
            if lane == .training { training += 1 } else { ofProgram[key.program, default: 0] += 1 }
        }

        func admits(_ waiter: Waiter, mostTraining: Int, perProgram: Int) -> Bool {
            waiter.lane == .training ? training < mostTraining : ofProgram[waiter.key.program, default: 0] < perProgram
        }
    }

    private func worker(for waiter: Waiter) -> WorkerID? {
        if !waiter.wantsFresh {
            var latest: (id: WorkerID, since: Int)?
            for (id, state) in workers {
                if case .idle(let key, let since) = state, key == waiter.key, since > latest?.since ?? .min { latest = (id, since) }
            }
            if let latest { return latest.id }
        }
        return workers.filter { if case .spare = $0.value { true } else { false } }.keys.min()
    }

    private func leastRecentlyUsed() -> WorkerID? {
        var oldest: (id: WorkerID, since: Int)?
        for (id, state) in workers {
            if case .idle(_, let since) = state, since < oldest?.since ?? .max { oldest = (id, since) }
        }
        return oldest?.id
    }

    // MARK: Counting

    private var startingCount: Int { workers.values.count { if case .starting = $0 { true } else { false } } }
    private var readyCount: Int { workers.values.count { if case .spare = $0 { true } else if case .starting = $0 { true } else { false } } }
    var idleCount: Int { workers.values.count { if case .spare = $0 { true } else if case .idle = $0 { true } else { false } } }
    var busyCount: Int { workers.values.count { if case .busy = $0 { true } else { false } } }
    var waitingCount: Int { waiters.count }

    /// Those that nobody uses now; they are looked after from time to time.
    var unused: [WorkerID] {
        workers.compactMap { id, state in
            switch state {
            case .spare, .idle: id
            case .starting, .busy: nil
            }
        }
    }
}
