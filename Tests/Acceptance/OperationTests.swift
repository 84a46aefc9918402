import FeatureModel
import Foundation
import Testing
import TestServers

@Suite("Running it")
struct OperationTests {
    @Test("/health/live answers; /health/ready says which dependency, and since when")
    func health() async throws {
        let service = try await SharedFlow.service
        #expect(try await service.send("GET", "/health/live").status == 200)
        try await service.untilReady()
        let ready = try await service.send("GET", "/health/ready")
        #expect(ready.status == 200 && ready["status"] == "ready", "\(ready)")
        let dependencies = ready["dependencies"]?.array ?? []
        let names = Set(dependencies.compactMap { $0["name"]?.string })
        #expect(names.isSuperset(of: ["warehouse", "catalog"]))
        for dependency in dependencies {
            #expect(dependency["status"] == "up")
            let since = try #require(dependency["since"]?.string)
            #expect((try? Date(since, strategy: .iso8601)).map { $0 <= Date() } == true, "\(since)")
        }
    }

    @Test("/metrics is Prometheus text: every sample named and typed, requests and workers counted")
    func metrics() async throws {
        let flow = try await SharedFlow.flow
        _ = try await flow.extract(flow.pythonETL)
        let answer = try await flow.service.send("GET", "/metrics")
        #expect(answer.status == 200 && answer.header("Content-Type")?.hasPrefix("text/plain") == true)
        let lines = answer.text.split(separator: "\n").map(String.init)
        let typed = Set(lines.filter { $0.hasPrefix("# TYPE ") }.compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) })
        for line in lines where !line.hasPrefix("#") {
            let sample = try #require(
                line.wholeMatch(of: #/([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\.)*",?)*\})? (\S+)/#), "\(line)")
            #expect(Double(sample.3) != nil || ["+Inf", "-Inf", "NaN"].contains(String(sample.3)), "\(line)")
            let name = String(sample.1),
                base = ["_bucket", "_sum", "_count"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
            #expect(typed.contains(name) || typed.contains(base), "\(line) has no # TYPE")
        }
        for name in ["http_requests", "store_rows", "etl_workers", "dependency_up", "ready"] {
            #expect(lines.contains { $0.contains(name) }, "\(name)")
        }
    }

    @Test("openapi.yaml is served as it is, and every route in it answers")
    func openAPI() async throws {
        let service = try await SharedFlow.service
        let answer = try await service.send("GET", "/v1.0/openapi.yaml")
        let text = try Repository.text("Sources/API/Resources/openapi.yaml")
        #expect(answer.status == 200 && answer.text == text)
        var path = ""
        var count = 0
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: #/  (\/[^:]*):/#) { path = String(match.1).replacing("{id}", with: "0123456789abcdef01234567") }
            guard let method = line.wholeMatch(of: #/    (get|put|post|delete|patch):/#)?.1.uppercased() else { continue }
            let probe = try await service.send(method, path, body: method == "GET" ? nil : Array("{}".utf8))
            #expect(probe.code != "unknown_route" && probe.status != 405, "\(method) \(path): \(probe)")
            count += 1
        }
        #expect(count >= 14)
    }

    @Test("an address other than loopback is refused without --insecure")
    func insecure() async throws {
        let service = try Service(["HOST": "0.0.0.0"])
        #expect(await service.exitStatus() != 0)
        #expect(service.log.contains("--insecure") && service.log.contains("HOST"), "\(service.log)")
        try await Service.run(["HOST": "0.0.0.0"], arguments: ["--insecure"]) { service in
            let live = try await service.send("GET", "/health/live")
            #expect(live.status == 200)
        }
    }

    @Test(
        "a setting that cannot be used is told by name before anything starts",
        arguments: [
            ["MAX_BODY_BYTES": "much"], ["LOG_LEVEL": "loud"], ["FLOW_SIMULATION": "perhaps"], ["CATALOG_HMAC_KEY": "short"],
            ["REALTIME_SECONDS": "-1"],
        ])
    func badSettings(setting: [String: String]) async throws {
        let service = try Service(setting)
        #expect(await service.exitStatus() != 0)
        #expect(service.log.contains(setting.keys.first!), "\(service.log)")
    }

    @Test("settings come from flags, then the environment, then the YAML file")
    func precedence() async throws {
        let folder = try ServiceFolder()
        let yaml = try folder.write("flow:\n  simulation: \"off\"\ndb:\n  schema: from_yaml\nmax:\n  bodyBytes: 4096\n", to: "settings.yaml")
        try await Service.run(
            ["DB_SCHEMA": "from_environment", "FLOW_SIMULATION": "on"], arguments: ["--config", yaml, "--db-schema", "from_flags"]
        ) { service in
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=5").status == 200)
            #expect(try await service.train("SELECT count(*) AS n FROM from_flags.quotes").data == [["n": 5]])
            let large = try await service.train("SELECT '" + String(repeating: "x", count: 5_000) + "' AS x")
            #expect(large.status == 413, "\(large)")
        }
    }

    @Test("the data folder is made for its owner alone where it holds secrets, and a second service cannot use it at once")
    func dataFolder() async throws {
        try await Service.run { service in
            let second = try Service([:], folder: service.folder)
            let status = try await withThrowingTaskGroup(of: Int32?.self) { group in
                group.addTask { await second.exitStatus() }
                group.addTask {
                    try await Task.sleep(for: .seconds(30))
                    return nil
                }
                let first = try await group.next() ?? nil
                group.cancelAll()
                if first == nil { await second.stop() }
                return first
            }
            #expect(status != nil && status != 0, "two services on one data folder")
            #expect(try await service.train("SELECT 1 AS one").status == 200, "the first goes on")
        }
    }

    @Test("--help teaches every command")
    func help() async throws {
        let top = try await CommandRun(Repository.executable, ["--help"])
        #expect(top.status == 0)
        for command in ["serve", "simulate", "query", "extract", "verify", "catalog", "skew"] {
            #expect(top.output.contains(command))
            let own = try await CommandRun(Repository.executable, [command, "--help"])
            #expect(own.status == 0 && own.output.contains("OVERVIEW") && own.output.contains("USAGE"), "\(command)")
        }
        let unknown = try await CommandRun(Repository.executable, ["fly"])
        #expect(unknown.status != 0)
    }

    @Test("a command whose reader has seen enough ends quietly, as every filter does")
    func brokenPipe() async throws {
        let folder = try ServiceFolder()
        let file = folder.path + "/many.sql"
        try "SELECT n, repeat('x', 100) AS x FROM generate_series(1, 50000) AS n".write(toFile: file, atomically: true, encoding: .utf8)
        let script = "'\(Repository.executable)' query train --sql '\(file)' | head -c 10; echo \" ${PIPESTATUS[0]}\""
        let run = try await CommandRun("/bin/bash", ["-c", script], environment: ["FEATURESTORE_URL": try await SharedFlow.service.url])
        #expect(run.output == #"{"query_id 141"# + "\n", "\(run.output.prefix(500))")
    }

    @Test("every command is a client that walks the flow from a shell")
    func commands() async throws {
        try await Service.run { service in
            func run(_ arguments: String...) async throws -> (status: Int32, json: JSONValue, text: String) {
                let run = try await CommandRun(Repository.executable, arguments, environment: ["FEATURESTORE_URL": service.url])
                return (run.status, (try? JSONReader.read(run.output.trimmingCharacters(in: .whitespacesAndNewlines))) ?? .null, run.output)
            }
            #expect(try await run("simulate", "--flows", "50", "--seed", "1").json == ["msg": "created 50 flows"])
            let saved = try await run(
                "query", "train", "--sql", "example_flows/user_features.sql", "--name", "user_features", "--key", "user_id", "--save")
            let id = try #require(saved.json["query_id"]?.string, "\(saved.text)")
            let user = try #require(saved.json["data"]?.array?.first?["user_id"]?.string)
            let row = try await run("query", "realtime", "user_features", "--key", "user_id", "--value", user)
            #expect(row.json["data"]?.array?.count == 1, "\(row.text)")
            let trained = try await run("extract", "train", "user_features", "--file", "example_flows/user_features_etl.py", "--name", "user_model", "--save")
            #expect(trained.status == 0 && trained.json["etl_id"]?.string != nil, "\(trained.text)")
            #expect(try await run("extract", "realtime", "user_model", "--key", "user_id", "--value", user).json["data"]?.array?.count == 1)
            #expect(try await run("catalog", "list").json["queries"]?.array?.count == 1)
            #expect(try await run("catalog", "list", "--etls").json["etls"]?.array?.count == 1)
            #expect(try await run("catalog", "show", "user_features@1").json["query_id"]?.string == id)
            #expect(try await run("skew", "events").json["count"] == 0)
            let refused = try await run("query", "realtime", "nobody", "--key", "a", "--value", "b")
            #expect(refused.status != 0 && refused.text.contains("unknown_name"), "\(refused.text)")
        }
        let alone = try await CommandRun(
            Repository.executable, ["skew", "events"], environment: ["FEATURESTORE_URL": "http://127.0.0.1:\(try FreePort.find())"])
        #expect(alone.status != 0 && alone.output.contains("featurestore serve"), "\(alone.output)")
    }
}
