import FeatureModel
import Foundation
import Testing
import TestServers

@Suite("When something dies", .serialized)
struct FailureTests {
    @Test("after a restart the tables of the saved queries are loaded again before the service is ready")
    func restart() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service)
            #expect(await service.stop() == 0)
            try await service.startAgain()
            // The first answer counts: no retries.
            let answer = try await service.send(
                "POST", "/v1.0/query/realtime",
                body: (["query_id": .string(flow.queryID), "index_key": "user_id", "index_value": .string(flow.user)] as JSONValue).utf8)
            #expect(answer.status == 200 && answer.data == [flow.rows[0]], "\(answer)")
            #expect(try await flow.extract(flow.pythonETL).data == [flow.pythonRows[0]])
            #expect(try await flow.extract(flow.sqlETL).status == 200)
        }
    }

    @Test("kill -9 of the service loses nothing that was acknowledged, and leaves nothing in its own way")
    func killService() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service)
            let publishing = Task { try? await service.call("PUT", "/v1.0/publish?n_flows=20000&seed=99") }
            let duringIt = Task { try? await service.save("SELECT user_id, 8 AS eight FROM feature_store.users", name: "saved_during_it") }
            let saved = await duringIt.value
            await service.killHard()
            let acknowledged = await publishing.value?.status == 200
            try await service.startAgain()
            let quotes = try await service.train("SELECT count(*) AS n FROM feature_store.quotes").data
            #expect(quotes == [["n": acknowledged ? 20_200 : 200]] || quotes == [["n": 20_200]], "all of it or nothing: \(quotes)")
            #expect(try await flow.lookUp().data.count == 1)
            #expect(try await flow.extract(flow.pythonETL).data == [flow.pythonRows[0]])
            #expect(try await service.post("/v1.0/query/train", ["name": "user_features"]).status == 200)
            if let saved { #expect(try await service.answered("/v1.0/query/train", ["name": "saved_during_it"])["query_id"]?.string == saved) }
        }
    }

    @Test("kill -9 of the private PostgreSQL: realtime goes on, the warehouse's answers are clear errors, and it comes back by itself")
    func killPostgres() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service)
            let postmasters = ProcessTree.descendants(of: service.pid).filter { $0.command.contains("postgres") && $0.command.contains("-D") }
            #expect(!postmasters.isEmpty, "\(ProcessTree.descendants(of: service.pid))")
            for server in postmasters { kill(server.pid, SIGKILL) }
            for _ in 1...20 { #expect(try await flow.lookUp().data == [flow.rows[0]]) }
            try await until("training answers again") {
                let answer = try await service.send("POST", "/v1.0/query/train", body: Array(#"{"query":"SELECT 1 AS one"}"#.utf8))
                guard answer.status != 200 else { return true }
                #expect(answer.status == 503 && answer.code == "warehouse_unavailable" && answer.header("Retry-After") != nil, "\(answer)")
                return false
            }
            try await service.untilReady()
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=10&seed=5").status == 200)
            #expect(try await service.save("SELECT user_id, 1 AS after_the_crash FROM feature_store.users", key: "user_id").count == 24)
        }
    }

    @Test("kill -9 of a Python worker costs at most its own request and is replaced")
    func killWorker() async throws {
        let flow = try await SharedFlow.flow
        #expect(try await flow.extract(flow.pythonETL).status == 200)
        for _ in 1...5 {
            let workers = ProcessTree.descendants(of: flow.service.pid).filter { $0.command.contains("python") }
            #expect(!workers.isEmpty)
            for worker in workers { kill(worker.pid, SIGKILL) }
            let answer = try await flow.extract(flow.pythonETL)
            #expect(answer.status == 200 || answer.code == "etl_worker_lost", "\(answer)")
            #expect(try await flow.extract(flow.pythonETL).data == [flow.pythonRows[0]])
        }
        #expect(try await flow.lookUp().status == 200)
    }

    @Test("MongoDB away: realtime goes on, saving is 503, and it recovers without a restart")
    func killMongo() async throws {
        let mongo = try MongoServer()
        defer { mongo.stop() }
        try await Service.run(["MONGODB_URI": mongo.uri(database: "fs")]) { service in
            let flow = try await Flow.save(in: service)
            mongo.kill()
            #expect(try await flow.lookUp().data == [flow.rows[0]])
            #expect(try await flow.extract(flow.pythonETL).data == [flow.pythonRows[0]])
            let saving = try await service.send(
                "POST", "/v1.0/query/train?save=true", body: Array(#"{"query":"SELECT 5 AS five"}"#.utf8))
            #expect(saving.status == 503 && saving.code == "catalog_unavailable" && saving.header("Retry-After") != nil, "\(saving)")
            #expect(try await service.train("SELECT 1 AS one").status == 200)
            try await until("/health/ready tells") { try await service.send("GET", "/health/ready").text.contains("away") }
            try mongo.restart()
            try await service.untilReady()
            #expect(try await service.save("SELECT 5 AS five").count == 24)
            #expect(try await service.send("GET", "/v1.0/queries/\(flow.queryID)").status == 200)
        }
    }

    @Test("a warehouse that is away fails what needs it and nothing else, and /health/ready names it")
    func warehouseAway() async throws {
        let postgres = try await OwnPostgres()
        do {
            try await Service.run(["DATABASE_URL": postgres.url]) { service in
                let flow = try await Flow.save(in: service)
                await postgres.goAway()
                #expect(try await flow.lookUp().data == [flow.rows[0]])
                #expect(try await flow.extract(flow.pythonETL).data == [flow.pythonRows[0]])
                for (method, path, body) in [("POST", "/v1.0/query/train", #"{"query":"SELECT 1 AS one"}"#), ("PUT", "/v1.0/publish?n_flows=1", "")] {
                    let answer = try await service.send(method, path, body: body.isEmpty ? nil : Array(body.utf8))
                    #expect(answer.status == 503 && answer.code == "warehouse_unavailable" && answer.header("Retry-After") != nil, "\(answer)")
                }
                try await until("/health/ready names it") {
                    let answer = try await service.send("GET", "/health/ready")
                    return answer.text.contains("warehouse") && answer.text.contains("away")
                }
                #expect(try await flow.lookUp().status == 200)
                try await postgres.comeBack()
                #expect(try await service.train("SELECT 1 AS one").data == [["one": 1]])
                #expect(try await service.call("PUT", "/v1.0/publish?n_flows=5&seed=8").status == 200)
            }
        } catch {
            await postgres.remove()
            throw error
        }
        await postgres.remove()
    }

    @Test("a graceful stop drains the request under way and ends with status 0")
    func gracefulStop() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service, flows: 20)
            let etl = """
                import time
                from etl_abc import AbstractEtl


                class Etl(AbstractEtl):
                    def extract(self):
                        time.sleep(1.5)
                        return self.df

                """
            let slow = Task {
                try await service.send(
                    "POST", "/v1.0/extract/train", body: (["query_id": .string(flow.queryID), "etl_source": .string(etl)] as JSONValue).utf8)
            }
            try await until("the ETL runs") {
                try await service.send("GET", "/metrics").text.contains(#/etl_workers\{state="busy"\} 1/#)
            }
            service.terminate()
            let answer = try await slow.value
            #expect(answer.status == 200 && answer.data.count == flow.rows.count, "\(answer)")
            #expect(await service.exitStatus() == 0, "\(service.log.suffix(2_000))")
            #expect(ProcessTree.all { $0.command.contains(service.folder.path) }.isEmpty, "nothing it started goes on")
        }
    }
}
