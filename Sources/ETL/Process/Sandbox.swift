import Foundation

/// What stands between a worker and the machine. All levels share: another user when the service is root, an empty
/// environment, no inherited descriptors, resource limits (`etl/etl_worker/limits.py`).
enum Sandbox: Sendable, Equatable {
    /// Namespaces of its own for files, network, processes and IPC, made by bubblewrap.
    case bubblewrap(path: String)
    /// The same made by `unshare` and `etl/sandbox.sh`; needs root.
    case namespaces(unshare: String)
    /// Namespaces for network, processes and IPC only: files are kept from the worker by their permissions alone. What is
    /// left to root in a chroot whose root is no mount point.
    case network(unshare: String)
    /// Nothing beyond what all levels share.
    case none

    var description: String {
        switch self {
        case .bubblewrap: "bubblewrap"
        case .namespaces: "namespaces"
        case .network: "network"
        case .none: "none"
        }
    }

    /// What is missing, and what to do; nil if nothing is.
    var warning: String? {
        switch self {
        case .bubblewrap, .namespaces: nil
        case .network:
            "ETL workers can read what everybody on this machine may read: bubblewrap is missing, or can't work in a chroot that is no mount"
        case .none: "ETL workers are not cut off from files and network: install the package bubblewrap"
        }
    }

    /// The levels worth trying here, best first.
    static func candidates(allowUnsandboxed: Bool, isRoot: Bool) -> [Sandbox] {
        var levels: [Sandbox] = []
        if let path = executable("bwrap") { levels.append(.bubblewrap(path: path)) }
        if isRoot, let path = executable("unshare") { levels += [.namespaces(unshare: path), .network(unshare: path)] }
        if allowUnsandboxed { levels.append(.none) }
        return levels
    }

    private static func executable(_ name: String) -> String? {
        ["/usr/bin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// The whole command that starts `worker.py`.
    func command(_ interpreter: Interpreter, folder: String, temporaryBytes: Int, isRoot: Bool, settings: String) -> [String] {
        switch self {
        case .bubblewrap(let path):
            let view = Self.namespaceOptions(isRoot: isRoot) + Self.filesOptions(interpreter, folder: folder, temporaryBytes: temporaryBytes)
            return [path] + view + Self.python(interpreter, folder: "/etl", settings)
        case .namespaces(let unshare):
            return [unshare, "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child=SIGKILL", "--propagation", "private"]
                + ["/bin/sh", "\(folder)/sandbox.sh", folder, String(temporaryBytes)] + interpreter.folders + ["--"]
                + Self.python(interpreter, folder: "/etl", settings)
        case .network(let unshare):
            // The shell stays as the first process of the namespace, so that signals end the worker as usual.
            return [unshare, "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child=SIGKILL", "/bin/sh", "-c", #""$@"; exit $?"#, "worker"]
                + Self.python(interpreter, folder: folder, settings)
        case .none:
            return Self.python(interpreter, folder: folder, settings)
        }
    }

    /// `-s`: no packages of the user's; `-B`: no byte code written.
    private static func python(_ interpreter: Interpreter, folder: String, _ settings: String) -> [String] {
        [interpreter.executable, "-s", "-B", "\(folder)/worker.py", settings]
    }

    /// As root no user namespace is needed, which containers and chroots often refuse; the worker itself gives up root.
    private static func namespaceOptions(isRoot: Bool) -> [String] {
        ["--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
            + (isRoot
                ? ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
                : ["--unshare-user", "--uid", "65534", "--gid", "65534"])
    }

    /// The interpreter's own trees and the worker's files, read-only; `/tmp` of limited size; four devices; no `/proc`.
    private static func filesOptions(_ interpreter: Interpreter, folder: String, temporaryBytes: Int) -> [String] {
        var options = ["--ro-bind", "/usr", "/usr"]
        for path in ["/bin", "/sbin", "/lib", "/lib32", "/lib64"] {
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                options += ["--symlink", target, path]
            } else {
                options += ["--ro-bind-try", path, path]
            }
        }
        for path in ["/etc/alternatives", "/etc/ld.so.cache"] { options += ["--ro-bind-try", path, path] }
        options += ["--perms", "1777", "--size", String(temporaryBytes), "--tmpfs", "/tmp", "--dir", "/dev"]
        for name in ["null", "zero", "random", "urandom"] { options += ["--dev-bind", "/dev/\(name)", "/dev/\(name)"] }
        for path in interpreter.folders { options += ["--ro-bind", path, path] }
        for name in ["worker.py", "etl_abc.py", "etl_worker", "feature_lib"] { options += ["--ro-bind", "\(folder)/\(name)", "/etl/\(name)"] }
        return options + ["--remount-ro", "/", "--chdir", "/tmp"]
    }

    static let environment = [
        "LANG=C.UTF-8", "TZ=UTC", "HOME=/tmp", "PYTHONDONTWRITEBYTECODE=1",
        // Equal iteration over sets of text in every worker, at training and at serving.
        "PYTHONHASHSEED=0",
        "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1", "NUMEXPR_NUM_THREADS=1",
    ]
}
