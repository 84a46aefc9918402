import Foundation

/// Everything the service keeps itself lies in one folder. The user that PostgreSQL runs as must be able to pass through it.
struct DataFolder {
    private let root: String

    /// Makes the folder if it is absent. A relative path is taken from the working folder.
    init(_ path: String) throws {
        root = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        } catch {
            throw SettingsError("the data folder \(root) cannot be made", reason: error.localizedDescription)
        }
        guard access(root, W_OK) == 0 else { throw SettingsError("the data folder \(root) cannot be written to") }
    }

    func path(_ name: String) -> String { root + "/" + name }
}
