import Foundation

/// Lines on standard output, each written at once, into a pipe too: a long run is watched.
enum Report {
    static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
