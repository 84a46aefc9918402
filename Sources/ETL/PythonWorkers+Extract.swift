public import FeatureModel
import Logging
import Threads

extension PythonWorkers {
    public func extract(_ program: ETLProgram, from frame: Frame, limits: ETLLimits) async throws -> ETLOutput {
        let encoder = InputEncoder(schema: frame.schema, limits: limits)
        let body = try encoder.body(frame)
        let frameSeconds = settings.frameSeconds
        return try await retryingOnce { isRetry in
            try await withWorker(for: program, memory: limits.memory, lane: .realtime, wantsFresh: isRetry) { grant in
                if grant.holdsProgram {
                    grant.worker.begin()
                    grant.worker.post(body, head: encoder.head)
                }
                return try await call(grant, program, limits.memory) { worker in
                    if !grant.holdsProgram {
                        worker.begin()
                        worker.post(body, head: encoder.head)
                    }
                    return try worker.result(program, limits: limits, frameSeconds: frameSeconds)
                }
            }
        }
    }

    /// Frames are sent as they come; each but the last waits for its successor, so that the last one starts `extract()`.
    /// A lost worker is replaced and the input sent again if it was no larger than `replayBytes`.
    public func extract(
        _ program: ETLProgram, schema: Schema, from frames: AsyncThrowingStream<Frame, any Error>, limits: ETLLimits
    ) async throws -> ETLOutput {
        let encoder = InputEncoder(schema: schema, limits: limits)
        let input = ReplayableInput(frames, encoder: encoder, limit: settings.replayBytes)
        return try await retryingOnce { isRetry in
            if isRetry { try input.rewind() }
            return try await withWorker(for: program, memory: limits.memory, lane: .training, wantsFresh: isRetry) { grant in
                try await stream(input, encoder, program, limits, to: grant)
            }
        }
    }

    public func check(_ program: ETLProgram) async throws {
        let memory = ETLLimits().memory
        try await retryingOnce { isRetry in
            try await withWorker(for: program, memory: memory, lane: .realtime, wantsFresh: isRetry) { grant in
                try await call(grant, program, memory) { _ in }
            }
        }
    }

    private func stream(
        _ input: ReplayableInput, _ encoder: InputEncoder, _ program: ETLProgram, _ limits: ETLLimits, to grant: Grant
    ) async throws -> ETLOutput {
        let seconds = settings.frameSeconds
        try await call(grant, program, limits.memory) { $0.begin() }
        var pending: [UInt8]?
        while let body = try await input.next() {
            if let pending {
                try await call(grant, nil, limits.memory) { try $0.append(pending, head: encoder.head, seconds: seconds) }
            }
            pending = body
        }
        let last = try pending ?? encoder.body(Frame(schema: encoder.schema))
        return try await call(grant, nil, limits.memory) {
            $0.post(last, head: encoder.head)
            return try $0.result(program, limits: limits, frameSeconds: seconds)
        }
    }

    /// Runs `body` on a thread that may block. `program` is loaded first if the worker does not hold it.
    private func call<Result: Sendable>(
        _ grant: Grant, _ program: ETLProgram?, _ memory: Int, _ body: @escaping @Sendable (Worker) throws -> Result
    ) async throws -> Result {
        let worker = grant.worker
        let loading = grant.holdsProgram ? nil : program
        let loadSeconds = settings.loadSeconds
        return try await withTaskCancellationHandler {
            try await threads.run {
                if let loading { try worker.load(loading, memory: memory, seconds: loadSeconds) }
                return try body(worker)
            }
        } onCancel: {
            // Wakes the thread that waits for the worker.
            worker.child.interrupt()
        }
    }

    private func retryingOnce<Result>(_ attempt: (_ isRetry: Bool) async throws -> Result) async throws -> Result {
        do {
            return try await attempt(false)
        } catch let lost as WorkerLost {
            try Task.checkCancellation()
            logger.warning("an ETL worker was lost; the call is made once more", metadata: ["reason": "\(lost.reason)"])
        }
        do {
            return try await attempt(true)
        } catch let lost as WorkerLost {
            try Task.checkCancellation()
            throw ETLError(
                .workerLost, "the ETL's worker was lost twice", reason: lost.reason,
                hint: "look for code that ends the process or crashes in a native library")
        }
    }
}
