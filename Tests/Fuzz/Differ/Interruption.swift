import Foundation
import Synchronization

/// Whether the process was asked to end. A run ends between two queries then, so that what it counted is printed and the server stopped.
enum Interruption {
    private static let asked = Atomic<Bool>(false)

    static var wasAsked: Bool { asked.load(ordering: .relaxed) }

    /// Holds as long as the sources that it answers.
    static func listen() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { asked.store(true, ordering: .relaxed) }
            source.resume()
            return source
        }
    }
}
