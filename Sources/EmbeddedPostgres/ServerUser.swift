import Foundation
import Glibc

/// The operating-system user the server runs as. PostgreSQL refuses root, so a service that runs as root lends it another user.
struct ServerUser: Sendable, Hashable {
    let name: String
    let uid: uid_t
    let gid: gid_t
    /// Whether this is another user than the service's own.
    let isLent: Bool

    static func current() throws -> ServerUser {
        let own = geteuid()
        if own != 0 {
            guard let user = lookUp({ getpwuid(own) }, isLent: false) else {
                throw EmbeddedPostgresError(
                    .folderUnusable, "User id \(own) has no name on this machine, which PostgreSQL needs.",
                    hint: "Run the service as a user listed in /etc/passwd, or set DATABASE_URL.")
            }
            return user
        }
        guard FileManager.default.isExecutableFile(atPath: launcher) else {
            throw EmbeddedPostgresError(
                .binariesMissing, "\(launcher) is not installed; as root the private PostgreSQL is started through it as another user.",
                hint: "Install the Debian package util-linux, or run the service as an ordinary user.")
        }
        for name in ["postgres", "nobody"] {
            if let user = lookUp({ getpwnam(name) }, isLent: true) { return user }
        }
        throw EmbeddedPostgresError(
            .folderUnusable, "PostgreSQL must not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as.",
            hint: "Run the service as an ordinary user, or set DATABASE_URL.")
    }

    /// `arguments` as this user. With `diesWithParent` the kernel tells the program to stop (a fast shutdown) when the *thread*
    /// that started it ends, also by SIGKILL of the whole service.
    func command(_ arguments: [String], diesWithParent: Bool = false) -> [String] {
        var prefix: [String] = []
        if isLent { prefix += ["--reuid=\(uid)", "--regid=\(gid)", "--init-groups"] }
        if diesWithParent, isLent || FileManager.default.isExecutableFile(atPath: Self.launcher) { prefix += ["--pdeathsig", "INT"] }
        return prefix.isEmpty ? arguments : [Self.launcher] + prefix + ["--"] + arguments
    }

    /// The name of the user the service itself runs as, as PostgreSQL's `peer` sees it.
    static var serviceName: String { lookUp({ getpwuid(geteuid()) }, isLent: false)?.name ?? "root" }

    private static let launcher = "/usr/bin/setpriv"

    private static func lookUp(_ entry: () -> UnsafeMutablePointer<passwd>?, isLent: Bool) -> ServerUser? {
        entry().map { ServerUser(name: String(cString: $0.pointee.pw_name), uid: $0.pointee.pw_uid, gid: $0.pointee.pw_gid, isLent: isLent) }
    }
}
