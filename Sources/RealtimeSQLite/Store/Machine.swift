import Foundation

/// What the machine gives this process.
public enum Machine {
    public static let processors = ProcessInfo.processInfo.activeProcessorCount

    /// Physical memory in bytes, or the control group's limit where that is lower (a container).
    public static let memory: Int = {
        let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap { path in
            (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        return limits.reduce(physical, min)
    }()
}
