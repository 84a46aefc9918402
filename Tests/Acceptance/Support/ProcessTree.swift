import Foundation

/// The processes under another one, read from /proc.
enum ProcessTree {
    struct Entry: Sendable {
        let pid: Int32
        let parent: Int32
        /// The words of its command line, joined by blanks.
        let command: String
    }

    /// Every descendant of a process, nearest first.
    static func descendants(of root: Int32) -> [Entry] {
        let all = entries()
        var found: [Entry] = [], parents: Set<Int32> = [root]
        while true {
            let next = all.filter { parents.contains($0.parent) }
            if next.isEmpty { return found }
            found += next
            parents = Set(next.map(\.pid))
        }
    }

    /// Every process of the machine that `condition` picks.
    static func all(where condition: (Entry) -> Bool) -> [Entry] { entries().filter(condition) }

    private static func entries() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let pid = Int32(name), let status = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
                let afterName = status.lastIndex(of: ")"), let command = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8)
            else { return nil }
            let fields = status[status.index(after: afterName)...].split(separator: " ")
            guard fields.count > 1, let parent = Int32(fields[1]) else { return nil }
            return Entry(pid: pid, parent: parent, command: command.replacingOccurrences(of: "\0", with: " "))
        }
    }
}
