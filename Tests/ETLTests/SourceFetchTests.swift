import FeatureModel
import Foundation
import Testing
@testable import SourceFetch

@Suite("Sources of ETLs")
struct SourceFetchTests {
    /// The error that fetching `path` throws.
    private func refusal(_ path: String, _ settings: SourceFetchSettings) async -> SourceFetchError? {
        do {
            _ = try await SourceFetcher(settings: settings).fetch(path)
            return nil
        } catch {
            return error as? SourceFetchError
        }
    }

    @Test("reads a file under a folder, by its path in it or with the folder's name")
    func folder() async throws {
        let root = try TemporaryFolder()
        try root.write("sub/good.py", "x = 1\n")
        try root.write("good.sql", "\u{feff}SELECT 1")
        let fetcher = SourceFetcher(settings: SourceFetchSettings(roots: ["/nowhere", root.path]))
        let name = (root.path as NSString).lastPathComponent
        for path in ["sub/good.py", "\(name)/sub/good.py", "\(root.path)/sub/good.py", "./sub//good.py"] {
            let source = try await fetcher.fetch(path)
            #expect(source == FetchedSource(text: "x = 1\n", origin: "\(name)/sub/good.py", isSQL: false))
        }
        #expect(try await fetcher.fetch("good.sql") == FetchedSource(text: "SELECT 1", origin: "\(name)/good.sql", isSQL: true))
    }

    @Test("does not leave the folder, by dots, absolute paths, links or names that begin alike")
    func traversal() async throws {
        let outside = try TemporaryFolder()
        try outside.write("secret.py", "secret")
        try outside.write("root-more/x.py", "secret")
        try outside.write("root/in.py", "fine")
        let root = outside.path + "/root"
        try FileManager.default.createSymbolicLink(atPath: root + "/link.py", withDestinationPath: outside.path + "/secret.py")
        try FileManager.default.createSymbolicLink(atPath: root + "/folder", withDestinationPath: outside.path)
        try FileManager.default.createSymbolicLink(atPath: root + "/inside.py", withDestinationPath: root + "/in.py")
        try FileManager.default.createDirectory(atPath: root + "/folder.py", withIntermediateDirectories: false)
        mkfifo(root + "/pipe.py", 0o600)
        let settings = SourceFetchSettings(roots: [root])
        for path in [
            "../secret.py", "sub/../../secret.py", "\(outside.path)/secret.py", "/etc/hosts.py", "link.py", "folder/secret.py", "root-more/x.py",
            "folder.py",
            "pipe.py", "in.txt", "in", "", "in.py\0.py", "git+https://example.com/r@main#path/x.py", "file:///etc/x.py", "ftp://example.com/x.py",
        ] {
            let error = await refusal(path, settings)
            #expect(error?.kind == .badPath, "\(path): \(error.map(String.init(describing:)) ?? "read")")
            #expect(error?.description.contains("secret\n") != true)
        }
        #expect(await refusal("nothing.py", settings)?.kind == .notFound)
        #expect(try await SourceFetcher(settings: settings).fetch("inside.py").text == "fine")
    }

    @Test("limits size, and takes UTF-8 only")
    func content() async throws {
        let root = try TemporaryFolder()
        try root.write("large.py", String(repeating: "#", count: 1_001))
        try root.write("binary.py", Data([0xff, 0xfe, 0x00]))
        try root.write("null.py", "x\0")
        var settings = SourceFetchSettings(roots: [root.path])
        settings.mostBytes = 1_000
        #expect(await refusal("large.py", settings)?.kind == .tooLarge)
        #expect(await refusal("binary.py", settings)?.kind == .notText)
        #expect(await refusal("null.py", settings)?.kind == .notText)
    }

    @Test("reads by http from a host that is named, and hides user, password and query")
    func web() async throws {
        let server = try await WebServer()
        var settings = SourceFetchSettings(allowedHosts: ["127.0.0.1", "localhost"])
        settings.mostBytes = 10_000
        settings.seconds = 3
        let fetcher = SourceFetcher(settings: settings)
        let base = "http://127.0.0.1:\(server.port)"
        let source = try await fetcher.fetch("http://user:hush@127.0.0.1:\(server.port)/good.py?token=hush")
        #expect(source == FetchedSource(text: "x = 1\n", origin: "\(base)/good.py", isSQL: false))
        #expect(try await fetcher.fetch("http://LOCALHOST:\(server.port)/good.sql").isSQL)
        #expect(try await fetcher.fetch("\(base)/moved.py").text == "x = 1\n")
        #expect(try await fetcher.fetch("http://user:hush@127.0.0.1:\(server.port)/needs-password.py").text == "x = 1\n")

        let refusals: [(String, SourceFetchError.Kind)] = [
            ("/missing.py", .notFound), ("/broken.py", .failed), ("/large.py", .tooLarge), ("/endless.py", .tooLarge), ("/binary.py", .notText),
            ("/round.py", .failed), ("/to-internal.py", .hostNotAllowed), ("/to-file.py", .badPath), ("/page.html", .badPath),
            ("/page?x=.py", .badPath),
            ("/needs-password.py", .failed), ("/slow.py", .failed),
        ]
        for (path, kind) in refusals {
            let error = await refusal(base.replacing("http://", with: "http://user2:hush@") + path, settings)
            #expect(error?.kind == kind, "\(path): \(error.map(String.init(describing:)) ?? "read")")
            #expect(error?.description.contains("hush") == false)
            #expect(error?.reason.contains("hush") == false)
        }
    }

    @Test("asks no internal host that is not named, whatever the address looks like")
    func internalHosts() async throws {
        let server = try await WebServer()
        let open = SourceFetchSettings()
        for host in [
            "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "127.1", "2130706433", "0x7f.1",
            "localhost.",
        ] {
            let error = await refusal("http://\(host):\(server.port)/good.py", open)
            #expect(error?.kind == .hostNotAllowed, "\(host): \(error.map(String.init(describing:)) ?? "read")")
        }
        // A list names hosts: 127.0.0.1 is not allowed by naming localhost, nor anything by naming another.
        #expect(await refusal("http://127.0.0.1:\(server.port)/good.py", SourceFetchSettings(allowedHosts: ["localhost"]))?.kind == .hostNotAllowed)
        #expect(
            await refusal("http://localhost:\(server.port)/good.py", SourceFetchSettings(allowedHosts: ["*.example.com"]))?.kind == .hostNotAllowed)
        #expect(await refusal("http://localhost:\(server.port)/good.py", SourceFetchSettings(allowedHosts: []))?.kind == .hostNotAllowed)
        #expect(server.requestCount() == 0)
    }

    @Test("knows public addresses from others")
    func addresses() {
        for text in [
            "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
        ] {
            #expect(IPAddress(text)?.isPublic == true, "\(text)")
        }
        for text in [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1", "2002:7f00:1::1", "2001:db8::1", "2001::1",
        ] {
            #expect(IPAddress(text)?.isPublic == false, "\(text)")
        }
        #expect(IPAddress("2606:4700::1111")?.text == "2606:4700::1111")
        #expect(IPAddress("127.1") == nil)
    }

    @Test("one internal address among public ones is enough to refuse a name")
    func mixedAddresses() throws {
        let both = [try #require(IPAddress("8.8.8.8")), try #require(IPAddress("10.0.0.1"))]
        #expect(throws: SourceFetchError.self) { try HostRules(allowed: nil).check("example.com", addresses: both) }
        #expect(throws: SourceFetchError.self) { try HostRules(allowed: ["*.example.com"]).check("a.example.com", addresses: both) }
        #expect(throws: SourceFetchError.self) { try HostRules(allowed: ["*.example.com"]).check("badexample.com", addresses: [both[0]]) }
        try HostRules(allowed: ["*.example.com"]).check("a.example.com", addresses: [both[0]])
        try HostRules(allowed: ["Example.com"]).check("example.com", addresses: both)
    }
}
