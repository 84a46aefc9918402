import Catalog
import FeatureModel
import Logging

/// Acts on what other processes save: asks the catalog again and again what changed, and reads that again if it is in memory.
///
/// What is read again is answered as it was until then, so that no request waits for the catalog, and none fails while it is away. When it is
/// back, the first answer tells everything that was missed.
struct CatalogFollower: Sendable {
    /// Between two questions. Half of the 100 ms within which a change is to be acted upon: the other half is for the answer and for reading.
    private static let interval = Duration.milliseconds(50)
    /// One thing in memory is read again with each so many questions, whether it changed or not: a change that was never told, by a clock that
    /// was set back or a document edited by hand, is found some day.
    private static let questionsPerCheck = 20
    private static let readsAtOnce = 4

    private let watch: any CatalogWatch
    private let library: Library
    private let serving: Serving
    private let following: FollowBinding
    private let logger: Logger

    init(watch: any CatalogWatch, library: Library, serving: Serving, following: FollowBinding, logger: Logger) {
        self.watch = watch
        self.library = library
        self.serving = serving
        self.following = following
        self.logger = logger
    }

    /// Asks until it is cancelled.
    func run() async {
        // Preparing a statement takes longer than reading a name, which does not wait for it.
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await ask(signal) }
            group.addTask {
                for await _ in signals {
                    serving.openBindings.add(await failing(serving.openBindings.take()) { try await following.run($0) })
                }
            }
        }
    }

    private func ask(_ signal: AsyncStream<Void>.Continuation) async {
        var changes: Set<CatalogChange> = [], unchecked: [CatalogChange] = []
        var questions = 0
        while !Task.isCancelled {
            do {
                changes.formUnion(try await watch.changes())
                // What was read, or was being read, before anybody told of changes.
                if questions < 2 { changes.formUnion(remembered) }
                questions += 1
                if questions.isMultiple(of: Self.questionsPerCheck) {
                    if unchecked.isEmpty { unchecked = remembered }
                    if let next = unchecked.popLast() { changes.insert(next) }
                }
                serving.openBindings.add(changes.compactMap(\.binding))
                if !serving.openBindings.isEmpty { signal.yield() }
                if !changes.isEmpty { changes = Set(await failing(Array(changes)) { try await library.renew($0) }) }
            } catch { logger.trace("changes of the catalog not read", metadata: ["reason": "\(error)"]) }
            do { try await Task.sleep(for: Self.interval) } catch { return }
        }
    }

    private var remembered: [CatalogChange] { library.changeable + serving.entries().map { .binding($0.key) } }

    /// Runs `body` for each, a few at once; answers those that are worth another try.
    private func failing<Item: Sendable>(_ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void) async -> [Item] {
        await withTaskGroup(of: Item?.self) { group in
            var rest = items.makeIterator(), failed: [Item] = []
            func begin() {
                guard let item = rest.next() else { return }
                group.addTask { [logger] in
                    do { try await body(item) } catch let failure as any Failure where failure.fault == .unavailable { return item } catch {
                        logger.debug("what another process saved is not followed", metadata: ["of": "\(item)", "reason": "\(error)"])
                    }
                    return nil
                }
            }
            for _ in 0..<Self.readsAtOnce { begin() }
            while let item = await group.next() {
                if let item { failed.append(item) }
                begin()
            }
            return failed
        }
    }
}

extension CatalogChange {
    fileprivate var binding: BindingKey? { if case .binding(let key) = self { key } else { nil } }
}
