import FeatureModel
import Foundation
import Testing
import TestServers

@Suite("The walk")
struct WalkTests {
    @Test("the example walk passes against a running service, showing each request and answer")
    func walk() async throws {
        // A service of its own: rows that others publish meanwhile would change the counts it compares.
        let walk = try await Service.run { service in
            try await CommandRun(
                "/usr/bin/python3", ["example_flows/walk.py", "--flows", "50"],
                environment: ["FEATURESTORE_URL": service.url, "PYTHONDONTWRITEBYTECODE": "1"])
        }
        #expect(walk.status == 0, "\(walk.output.suffix(3_000))")
        #expect(walk.output.contains("Everything worked."))
        #expect(walk.output.contains("/v1.0/extract/realtime?on_skew=warn"))
    }

    @Test("the walk says what to do when no service answers")
    func walkWithoutService() async throws {
        let port = try FreePort.find()
        let walk = try await CommandRun(
            "/usr/bin/python3", ["example_flows/walk.py"],
            environment: ["FEATURESTORE_URL": "http://127.0.0.1:\(port)", "PYTHONDONTWRITEBYTECODE": "1"])
        #expect(walk.status == 1)
        #expect(walk.output.contains("make serve"))
    }

    @Test("the notebook is valid and its cells run from top to bottom")
    func notebook() async throws {
        let service = try await SharedFlow.service
        let notebook = try JSONReader.read(try Repository.text("example_flows/walk.ipynb"))
        #expect(notebook["nbformat"]?.int == 4)
        let cells = try #require(notebook["cells"]?.array)
        let code = cells.filter { $0["cell_type"]?.string == "code" }.map { cell in
            (cell["source"]?.array ?? []).compactMap(\.string).joined()
        }
        #expect(code.count > 5)
        #expect(cells.allSatisfy { $0["cell_type"]?.string != "code" || $0["outputs"]?.array == [] }, "a notebook is committed without outputs")
        let folder = try ServiceFolder()
        let script = try folder.write(code.joined(separator: "\n\n"), to: "notebook.py")
        let run = try await CommandRun(
            "/usr/bin/python3", [script], environment: ["FEATURESTORE_URL": service.url], in: Repository.root + "/example_flows")
        #expect(run.status == 0, "\(run.output.suffix(3_000))")
    }

    @Test("the walk of the original's notebook passes with only the address changed")
    func original() async throws {
        let service = try await SharedFlow.service
        let published = try await service.call("PUT", "/v1.0/publish?n_flows=100")
        #expect(published.json == ["msg": "created 100 flows"])
        let query = try await service.answered(
            "/v1.0/query/train?save=true",
            [
                "query":
                    "SELECT u.user_id, count(q.quote_id) AS n FROM feature_store.users u JOIN feature_store.quotes q ON q.user_id = u.user_id GROUP BY u.user_id"
            ])
        let id = try #require(query["query_id"]?.string)
        let user = try #require(query.data.first?["user_id"])
        let trained = try await service.answered("/v1.0/extract/train?save=true", ["query_id": .string(id), "etl_path": "etl_demo.py"])
        let etl = try #require(trained["etl_id"]?.string)
        let plain = try await service.answered("/v1.0/query/realtime", ["query_id": .string(id), "index_key": "user_id", "index_value": user])
        #expect(plain.data == query.data.filter { $0["user_id"] == user })
        for field in ["etl_id", "etl_path"] {
            let served = try await service.answered(
                "/v1.0/extract/realtime",
                .object([.init("query_id", .string(id)), .init(field, .string(etl)), .init("index_key", "user_id"), .init("index_value", user)]))
            #expect(served.data == trained.data.filter { $0["user_id"] == user })
        }
        let byPath = try await service.answered(
            "/v1.0/extract/realtime", ["query_id": .string(id), "etl_path": "etl_demo.py", "index_key": "user_id", "index_value": user])
        #expect(byPath.data.count == 1)
    }
}
