import Foundation
internal import Realtime

/// All copies of the mirrors: which one a reader takes, and how a write reaches every one of them or none.
final class Copies: Sendable {
    let all: [Copy]

    init(_ configuration: StoreConfiguration) throws {
        all = try (0..<configuration.copies).map { try Copy(number: $0, configuration: configuration) }
    }

    var inService: Int { all.count { $0.isInService } }

    // MARK: Reading

    /// Runs `body` on the copy of the calling thread or another one that is free, and waits only when none is: then for a lookup of a few
    /// rows on another copy rather than for a batch, and for a batch rather than for a long lookup.
    func readQuickly<Result>(_ body: (CopySession) throws -> Result) throws -> Result {
        let own = ReaderPlace.current % all.count
        for step in 0..<all.count {
            let place = (own + step) % all.count
            guard let result = try all[place].tryRead(body) else { continue }
            if step > 0 { ReaderPlace.current = place }
            return result
        }
        for copy in Self.soonest(all, from: own) {
            if let result = try copy.read(body) { return result }
        }
        throw RealtimeError(.unexpected, "no copy of the realtime store is in service")
    }

    /// The same for a lookup that may take long: never on the first copy, if there is another, so that quick ones find that free.
    func readSlowly<Result>(_ body: (CopySession) throws -> Result) throws -> Result {
        let candidates = all.dropFirst().filter(\.isInService)
        for copy in candidates {
            if let result = try copy.tryRead(as: .long, body) { return result }
        }
        for copy in candidates.shuffled() + [all[0]] {
            if let result = try copy.read(as: .long, body) { return result }
        }
        throw RealtimeError(.unexpected, "no copy of the realtime store is in service")
    }

    /// The copies in the order in which they are likely to be free.
    private static func soonest(_ copies: [Copy], from own: Int) -> [Copy] {
        let turned = copies[own...] + copies[..<own]
        let occupied = turned.map(\.occupied)
        return [Copy.Occupation.short, .batch, .long].flatMap { kind in zip(turned, occupied).filter { $0.1 == kind }.map(\.0) }
    }

    // MARK: Writing

    /// Runs `body` in a transaction on each copy in turn. Called by the store's one writer only.
    ///
    /// The first copy decides: when `body` fails there, nothing has changed anywhere and the error is thrown. The others repeat what it did,
    /// without a journal, which would be half of the work: one that fails leaves the service before a reader can see it, and is made
    /// anew from the first.
    func writeEverywhere<Result>(_ body: (CopySession, _ isFirst: Bool) throws -> Result) throws -> Result {
        repairAll()
        let result = try all[0].write { try body($0, true) }
        for copy in all.dropFirst() where copy.isInService { copy.repeatWrite { _ = try body($0, false) } }
        repairAll()
        return result
    }

    /// Makes copies that are out of service anew. One that cannot be made now (no memory) stays out until the next write.
    private func repairAll() {
        for copy in all where !copy.isInService { try? copy.replaceDatabase(from: all[0]) }
    }
}
