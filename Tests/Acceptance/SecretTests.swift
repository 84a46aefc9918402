import FeatureModel
import Foundation
import Testing
import TestServers

@Suite("Secrets")
struct SecretTests {
    private static let canary = "canary-7f3a91"

    @Test("a password in DATABASE_URL or MONGODB_URI is in no error, log, metric or report, whether or not the servers answer")
    func connectionStrings() async throws {
        let port = try FreePort.find()
        let settings = [
            ["DATABASE_URL": "postgresql://user:\(Self.canary)@127.0.0.1:\(port)/warehouse"],
            ["DATABASE_URL": "host=127.0.0.1 port=\(port) user=u password=\(Self.canary) dbname=d"],
            ["DATABASE_URL": "postgresql://user:\(Self.canary)@127.0.0.1:\(port)/d?nonsense=1&password=\(Self.canary)"],
            ["MONGODB_URI": "mongodb://user:\(Self.canary)@127.0.0.1:\(port)/catalog"],
            ["MONGODB_URI": "mongodb://user:\(Self.canary)@@:x/broken"],
        ]
        for environment in settings {
            let service = try Service(environment)
            var said = ""
            try await until("the service says what is wrong", seconds: 60) {
                for (method, path, body) in Self.requests {
                    if let answer = try? await service.send(method, path, body: body.map { Array($0.utf8) }) { said += answer.text }
                }
                return !service.isRunning || said.contains("unavailable") || service.log.contains("waiting for the catalog")
            }
            await service.stop()
            #expect(!said.contains(Self.canary), "\(environment.keys): \(said)")
            #expect(!service.log.contains(Self.canary), "\(environment.keys): \(service.log)")
        }
    }

    @Test("on a working service too: neither the key of the catalog, nor a password, nor a connection string is told")
    func working() async throws {
        let database = try TestPostgres.shared.createDatabase()
        let key = String(repeating: "5ec2e7", count: 12).prefix(64)
        let environment = [
            "DATABASE_URL": try database.url + " password=\(Self.canary)", "CATALOG_HMAC_KEY": String(key),
        ]
        try await Service.run(environment) { service in
            let flow = try await Flow.save(in: service, flows: 20)
            var said = ""
            for (method, path, body) in Self.requests { said += try await service.send(method, path, body: body.map { Array($0.utf8) }).text }
            said += try await flow.extract(flow.pythonETL).text + flow.lookUp("x").text
            for secret in [Self.canary, String(key), try database.url] {
                #expect(!said.contains(secret) && !service.log.contains(secret))
            }
        }
    }

    @Test("an ETL's address is stored without user name and password")
    func origin() async throws {
        let folder = try ServiceFolder()
        _ = try folder.write(try Repository.text("example_flows/user_features_etl.py"), to: "e.py")
        let web = try await StaticFiles(folder: folder.path)
        defer { web.stop() }
        try await Service.run(["ETL_ALLOWED_HOSTS": "127.0.0.1"]) { service in
            let flow = try await Flow.save(in: service, flows: 20)
            let address = "http://user:\(Self.canary)@127.0.0.1:\(web.port)/e.py?token=\(Self.canary)"
            let answer = try await service.post("/v1.0/extract/train?save=true", ["query_id": .string(flow.queryID), "etl_path": .string(address)])
            let missing = try await service.post(
                "/v1.0/extract/train", ["query_id": .string(flow.queryID), "etl_path": .string(address.replacing("e.py", with: "gone.py"))])
            let listed = try await service.send("GET", "/v1.0/etls")
            for text in [answer.text, missing.text, listed.text, service.log] { #expect(!text.contains(Self.canary), "\(text)") }
        }
    }

    private static let requests: [(String, String, String?)] = [
        ("GET", "/health/ready", nil), ("GET", "/metrics", nil), ("GET", "/v1.0/queries", nil), ("GET", "/v1.0/skew/events", nil),
        ("PUT", "/v1.0/publish?n_flows=1", nil), ("POST", "/v1.0/query/train", #"{"query":"SELECT 1 AS one"}"#),
        ("POST", "/v1.0/query/train", #"{"query":"SELECT 1/0 AS one"}"#),
        ("POST", "/v1.0/query/train", #"{"query":"SELECT current_setting('x') AS s"}"#),
        ("POST", "/v1.0/query/train?save=true", #"{"query":"SELECT 1 AS one","query_name":"one"}"#),
    ]
}
