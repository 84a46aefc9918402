import Foundation
import Glibc

/// What a killed service or a killed server leaves running in a data folder whose lock we hold: nobody else can own it.
struct LeftoverProcesses {
    let dataFolder: String

    /// Asks the processes to end, with growing force, and returns when none is left or nothing more can be done.
    /// A server that was orphaned shuts down in order; backends whose server died end by themselves, or are told to.
    func stop() {
        for (signal, seconds) in [(SIGINT, 15.0), (SIGQUIT, 8.0), (SIGKILL, 5.0)] {
            let deadline = Date(timeIntervalSinceNow: seconds)
            var asked = false
            while true {
                let left = PostmasterFile.processes(in: dataFolder)
                if left.isEmpty { return }
                if !asked { tell(left, signal) }
                asked = true
                if Date() > deadline { break }
                usleep(20_000)
            }
        }
    }

    private func tell(_ processes: [pid_t], _ signal: Int32) {
        let server = PostmasterFile(dataFolder: dataFolder)?.pid
        // A living server passes the word to its children; telling them apart from it would look like crashes to it.
        let addressed = processes.filter { $0 == server }
        for pid in addressed.isEmpty ? processes : addressed { kill(pid, signal) }
    }
}
