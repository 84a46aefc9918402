import Foundation

/// Sources in folders. A path can't lead out of them, by `..` or by symbolic links.
struct FolderSource: Sendable {
    private let roots: [String]
    private let mostBytes: Int

    init(roots: [String], mostBytes: Int) {
        self.roots = roots
        self.mostBytes = mostBytes
    }

    /// `path` is relative to a folder or to its parent (`etl/x.py` as well as `x.py`), or absolute. Reads on a thread of its own.
    func fetch(_ path: String) async throws -> FetchedSource {
        let isSQL = try SourceKind.isSQL(path)
        guard !path.split(separator: "/").contains("..") else {
            throw SourceFetchError(.badPath, "the path of an ETL's source has no '..' in it")
        }
        let found = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: Result { try read(path) }) }
        }
        let (bytes, origin) = try found.get()
        return FetchedSource(text: try SourceKind.text(bytes), origin: origin, isSQL: isSQL)
    }

    private func read(_ path: String) throws -> (bytes: [UInt8], origin: String) {
        var isOutside = false
        for root in roots.compactMap(Self.resolved) {
            for candidate in candidates(path, root: root) {
                guard let place = Self.resolved(candidate) else { continue }
                guard let rest = Self.rest(of: place, under: root) else {
                    isOutside = true
                    continue
                }
                return (try read(file: place, root: root), "\((root as NSString).lastPathComponent)/\(rest)")
            }
        }
        if isOutside || path.hasPrefix("/") {
            throw SourceFetchError(.badPath, "'\(path)' is not under an ETL folder", hint: "put the file under one of the folders in ETL_ROOTS")
        }
        throw SourceFetchError(.notFound, "there is no '\(path)' under the ETL folders", hint: "put the file under one of the folders in ETL_ROOTS")
    }

    private func candidates(_ path: String, root: String) -> [String] {
        if path.hasPrefix("/") { return [path] }
        return ["\(root)/\(path)", "\((root as NSString).deletingLastPathComponent)/\(path)"]
    }

    private func read(file: String, root: String) throws -> [UInt8] {
        // Not blocking: opening a pipe would wait for a writer.
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw SourceFetchError(.notFound, "the ETL's source can't be opened: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw SourceFetchError(.badPath, "the path of the ETL's source is no file")
        }
        // What was opened, whatever became of the path since it was checked.
        guard let opened = Self.resolved("/proc/self/fd/\(descriptor)"), Self.rest(of: opened, under: root) != nil else {
            throw SourceFetchError(.badPath, "the path of the ETL's source leads out of the ETL folder")
        }
        guard status.st_size <= mostBytes else { throw SourceKind.tooLarge(mostBytes) }
        var bytes: [UInt8] = []
        while true {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 { throw SourceFetchError(.failed, "the ETL's source can't be read: \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= mostBytes else { throw SourceKind.tooLarge(mostBytes) }
        }
    }

    /// The path without symbolic links; nil if there is nothing.
    private static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    private static func rest(of place: String, under root: String) -> String? {
        // Byte by byte: two spellings of the same character are two names to the file system.
        place.utf8.starts(with: (root + "/").utf8) ? String(decoding: place.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self) : nil
    }
}
