import Foundation

/// Where PostgreSQL's programs are installed, and which major version they are.
public struct PostgresBinaries: Sendable, Hashable {
    /// The folder that holds `postgres` and `initdb`.
    public let folder: String
    public let majorVersion: Int

    public static let oldestSupported = 15

    public func path(of program: String) -> String { folder + "/" + program }

    /// The newest installed version, or exactly `majorVersion` where a data folder already demands one. Looks in Debian's
    /// folders first, then at `pg_config` and PATH. Throws an error that names the package to install.
    public static func find(majorVersion: Int? = nil) throws -> PostgresBinaries {
        let found = candidateFolders().compactMap(PostgresBinaries.init(folder:)).filter { $0.majorVersion >= oldestSupported }
        let wanted = found.filter { majorVersion == nil || $0.majorVersion == majorVersion }
        if let best = wanted.max(by: { $0.majorVersion < $1.majorVersion }) { return best }
        let package = majorVersion.map { "postgresql-\($0)" } ?? "postgresql"
        let asked = majorVersion.map { "PostgreSQL \($0), which made the data folder," } ?? "PostgreSQL \(oldestSupported) or later"
        throw EmbeddedPostgresError(
            .binariesMissing, "\(asked) is not installed.",
            reason: "Neither /usr/lib/postgresql/*/bin nor pg_config nor PATH leads to its programs initdb and postgres.",
            hint: "Install the Debian package \(package) (apt-get install \(package)), or set DATABASE_URL to use a server of your own.")
    }

    private init?(folder: String) {
        guard ["postgres", "initdb"].allSatisfy({ FileManager.default.isExecutableFile(atPath: folder + "/" + $0) }) else { return nil }
        // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
        guard let text = try? ChildProcess.output(of: [folder + "/postgres", "--version"]),
            let version = text.split(separator: ")").dropFirst().first?.drop(while: { $0 == " " }),
            let major = Int(version.prefix(while: \.isNumber))
        else { return nil }
        self.folder = folder
        majorVersion = major
    }

    private static func candidateFolders() -> [String] {
        let debian = "/usr/lib/postgresql"
        var folders = ((try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []).map { "\(debian)/\($0)/bin" }
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        if let program = path.map({ $0 + "/pg_config" }).first(where: FileManager.default.isExecutableFile(atPath:)),
            let folder = try? ChildProcess.output(of: [program, "--bindir"])
        {
            folders.append(folder.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return folders + path
    }
}
