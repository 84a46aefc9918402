import Foundation
import Testing

/// What the machine that runs the tests lets a sandbox do.
enum Machine {
    /// Not in a chroot, whose root is no mount. The sandbox that is left there has a test of its own.
    static let canChangeMounts: Bool = {
        let mounts = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
        return mounts.split(separator: "\n").contains { $0.split(separator: " ").dropFirst(4).first == "/" }
    }()

    static let reason: Comment = "nobody can change what is mounted in a chroot"
}
