import FeatureModel
import Foundation
import Testing

@Suite("ETLs")
struct ETLTests {
    private static let base = "SELECT user_id, count(*) AS n FROM feature_store.quotes WHERE user_id IS NOT NULL GROUP BY user_id"

    private func etl(_ body: String, imports: String = "from etl_abc import AbstractEtl") -> String {
        imports + "\n\n\nclass Etl(AbstractEtl):\n    def extract(self):\n"
            + body.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)\n" }.joined()
    }

    private func train(_ source: String, over sql: String = base, save: Bool = false) async throws -> Answer {
        let service = try await SharedFlow.service
        let id = try await service.save(sql)
        return try await service.post("/v1.0/extract/train?save=\(save)", ["query_id": .string(id), "etl_source": .string(source)])
    }

    @Test(
        "the original's contract works unchanged: both imports, a result returned or left in self.df",
        arguments: [
            "from etl_abc import AbstractEtl", "from feature_lib.etl_abc import AbstractEtl",
        ])
    func contract(imports: String) async throws {
        for body in [
            "self.df['m'] = self.df['n'] + 1\nreturn self.df", "self.df['m'] = self.df['n'] + 1",
            "df = self.df.assign(m=self.df['n'] + 1)\nreturn df",
        ] {
            let answer = try await train(etl(body, imports: imports))
            let row = try #require(answer.data.first, "\(answer)")
            #expect(row["m"]?.int == (row["n"]?.int ?? 0) + 1, "\(row)")
        }
    }

    @Test("columns have the types of the query's schema, for one row, no rows and rows with nulls")
    func types() async throws {
        let sql = """
            SELECT u.user_id, count(*) AS n, max(q.binding_date) AS t, bool_or(q.is_paid) AS paid, min(q.quote_type) AS kind, DATE '2024-02-29' AS day,
                   nullif(count(*), count(*)) AS none
            FROM feature_store.users AS u JOIN feature_store.quotes AS q ON q.user_id = u.user_id
            """
        let source = etl("import pandas as pd\nreturn pd.DataFrame({'column': list(self.df.columns), 'dtype': [str(t) for t in self.df.dtypes]})")
        var seen: [[String?]] = []
        for condition in ["", " WHERE u.user_id = (SELECT min(user_id) FROM feature_store.users)", " WHERE false"] {
            let answer = try await train(source, over: sql + condition + " GROUP BY u.user_id")
            #expect(answer.status == 200, "\(answer)")
            seen.append(answer.data.map { $0["dtype"]?.string })
        }
        #expect(Set(seen).count == 1, "\(seen)")
        #expect(seen[0] == ["object", "int64", "float64", "boolean", "object", "datetime64[ns]", "Int64"])
    }

    @Test("a realtime answer says how much of it was spent in extract(), and a SQL ETL's nothing")
    func timing() async throws {
        let flow = try await SharedFlow.flow
        let slow = try await train(etl("import time\ntime.sleep(0.05)\nreturn self.df"), save: true)
        let id = try #require(slow["etl_id"]?.string, "\(slow)")
        let base = try await flow.service.save(Self.base)
        let answer = try await flow.service.post(
            "/v1.0/extract/realtime", ["query_id": .string(base), "etl_id": .string(id), "index_key": "user_id", "index_values": .array([.string(flow.user), "nobody"])])
        let timing = try #require(answer.header("Server-Timing"), "\(answer)")
        let parts = timing.split(separator: "=")
        #expect(parts.count == 2 && parts[0] == "extract;dur")
        #expect(try #require(Double(parts[1])) >= 100)
        #expect(try await flow.extract(flow.sqlETL).header("Server-Timing") == nil)
    }

    @Test("what comes out of pandas is JSON: NaN and NaT are null, integers stay integers")
    func output() async throws {
        let source = etl(
            """
            import numpy as np
            import pandas as pd
            return pd.DataFrame({'user_id': self.df['user_id'].head(1), 'i': [2**53 + 1], 'f': [0.1], 'nan': [np.nan], 'nat': [pd.NaT], 'b': [True], 's': ['é"']})
            """)
        let answer = try await train(source)
        let row = try #require(answer.data.first, "\(answer)")
        #expect(row["i"] == .number("9007199254740993") && row["f"] == .number("0.1") && row["nan"] == .null && row["nat"] == .null, "\(row)")
        #expect(row["b"] == true && row["s"] == "é\"")
    }

    @Test("an exception is 422 with its type, message and line, and costs only its own request")
    func exception() async throws {
        let answer = try await train(etl("x = 1\nraise ValueError('no such plan')"))
        #expect(answer.status == 422 && answer.code == "etl_failed", "\(answer)")
        #expect(answer.text.contains("ValueError") && answer.text.contains("no such plan") && answer["position"]?["line"]?.int == 7, "\(answer)")
        #expect(try await train(etl("return self.df")).status == 200)
    }

    @Test(
        "what is no ETL is refused before it is saved",
        arguments: [
            "class Etl(:\n", "class Etl:\n    pass\n", "class Etl(AbstractEtl):\n    pass\n", "SELECT 1 AS a FROM elsewhere.table_x",
            "DELETE FROM input", "not sql either", "class Features(AbstractEtl):\n    pass\n",
        ])
    func notAnETL(source: String) async throws {
        let answer = try await train(source, save: true)
        #expect(answer.status == 422, "\(answer)")
        #expect(answer.code != "internal_error")
    }

    @Test("an ETL that leaves something else than a data frame is told so")
    func badOutput() async throws {
        let answer = try await train(etl("self.df = 42"))
        #expect(answer.status == 422 && answer.code == "etl_bad_output", "\(answer)")
    }

    @Test("a print does not disturb the answer")
    func prints() async throws {
        let answer = try await train(etl("import sys\nprint('x' * 100000)\nsys.stdout.write('\\x00\\x01')\nsys.stderr.write('oops')\nreturn self.df"))
        #expect(answer.status == 200 && !answer.data.isEmpty, "\(answer)")
    }

    @Test(
        "an ETL sees neither the service's environment, nor its files, nor the network",
        arguments: [
            "import os\nreturn pd.DataFrame({'seen': [k + '=' + v for k, v in os.environ.items() if 'CANARY' in k or 'CANARY' in v or k in ('DATABASE_URL', 'MONGODB_URI')]})",
            "import glob\nreturn pd.DataFrame({'seen': [f for p in ('/proc/1/environ', '/etc/shadow') for f in glob.glob(p) if self.readable(f)]})",
            "import glob\nreturn pd.DataFrame({'seen': glob.glob('/tmp/fsaccept*/*') + glob.glob('/tmp/fsaccept*/data/*') + glob.glob('/root/*')})",
            "import socket\nseen = []\ntry:\n    socket.create_connection(('127.0.0.1', self.port), 2)\n    seen.append('network')\nexcept OSError:\n    pass\nreturn pd.DataFrame({'seen': seen})",
            "import os\nreturn pd.DataFrame({'seen': ['root'] if os.geteuid() == 0 and os.access('/etc/shadow', os.R_OK) else []})",
        ])
    func sandbox(body: String) async throws {
        try await Service.run(["CANARY": "CANARY-in-the-environment"]) { service in
            _ = try await service.call("PUT", "/v1.0/publish?n_flows=20&seed=1")
            let id = try await service.save(Self.base)
            let source = """
                import pandas as pd
                from etl_abc import AbstractEtl


                class Etl(AbstractEtl):
                    port = \(service.port)

                    def readable(self, path):
                        try:
                            data = open(path, "rb").read()
                            return path != "/proc/1/environ" or b"CANARY" in data
                        except OSError:
                            return False

                    def extract(self):

                """ + body.split(separator: "\n").map { "        \($0)\n" }.joined()
            let answer = try await service.post("/v1.0/extract/train", ["query_id": .string(id), "etl_source": .string(source)])
            #expect(answer.status == 200 && answer.data.isEmpty, "\(answer)")
        }
    }

    @Test("an ETL that runs for ever is stopped at its time limit, with 504")
    func timeLimit() async throws {
        let flow = try await SharedFlow.flow
        let source = etl("while len(self.df) == 1:\n    pass\nreturn self.df")
        let id = try await flow.service.saveETL(source, over: flow.queryID)
        let answer = try await flow.extract(id)
        #expect(answer.status == 504 && answer.code == "etl_timeout", "\(answer)")
        let after = try await flow.extract(flow.pythonETL)
        #expect(after.status == 200, "\(after)")
    }

    @Test(
        "an ETL that takes all memory or kills its own process fails alone",
        arguments: [
            "x = bytearray(1 << 36)\nreturn self.df", "import os\nos._exit(3)", "import os\nos.kill(os.getpid(), 9)",
        ])
    func crash(body: String) async throws {
        let flow = try await SharedFlow.flow
        let answer = try await train(etl(body))
        #expect(answer.status == 422, "\(answer)")
        #expect(try await flow.extract(flow.pythonETL).status == 200)
    }

    @Test(
        "an id may stand in etl_path, and a path outside the ETL folders is refused", arguments: ["../Makefile", "/etc/passwd", "x.py", "walk.ipynb"])
    func paths(path: String) async throws {
        let flow = try await SharedFlow.flow
        let byID = try await flow.service.post(
            "/v1.0/extract/realtime",
            ["query_id": .string(flow.queryID), "etl_path": .string(flow.pythonETL), "index_key": "user_id", "index_value": .string(flow.user)])
        #expect(byID.status == 200, "\(byID)")
        let refused = try await flow.service.post("/v1.0/extract/train", ["query_id": .string(flow.queryID), "etl_path": .string(path)])
        #expect([400, 403, 404].contains(refused.status) && !refused.text.contains("root:"), "\(refused)")
    }

    @Test(
        "internal and loopback addresses are not fetched unless they are named",
        arguments: [
            "http://127.0.0.1:1/x.py", "http://localhost/x.py", "http://[::1]/x.py", "http://169.254.169.254/latest/x.py", "http://10.0.0.1/x.py",
            "http://0x7f000001/x.py",
        ])
    func hosts(address: String) async throws {
        let flow = try await SharedFlow.flow
        let answer = try await flow.service.post("/v1.0/extract/train", ["query_id": .string(flow.queryID), "etl_path": .string(address)])
        #expect(answer.status == 403 && answer.code == "etl_host_not_allowed", "\(answer)")
    }

    @Test("an ETL is read by http from a host that is named, and stays what it was when the source changes")
    func fetched() async throws {
        let folder = try ServiceFolder()
        _ = try folder.write(etl("return self.df.assign(v=1)"), to: "remote_etl.py")
        let web = try await StaticFiles(folder: folder.path)
        try await Service.run(["ETL_ALLOWED_HOSTS": "127.0.0.1"]) { service in
            _ = try await service.call("PUT", "/v1.0/publish?n_flows=50&seed=1")
            let id = try await service.save(Self.base, key: "user_id")
            let body: JSONValue = ["query_id": .string(id), "etl_path": .string("http://127.0.0.1:\(web.port)/remote_etl.py")]
            let first = try await service.answered("/v1.0/extract/train?save=true", body)
            let etlID = try #require(first["etl_id"]?.string)
            let user = try #require(first.data.first?["user_id"])
            _ = try folder.write(etl("return self.df.assign(v=2)"), to: "remote_etl.py")
            let key: [JSONValue.Member] = [
                .init("query_id", .string(id)), .init("etl_id", .string(etlID)), .init("index_key", "user_id"), .init("index_value", user),
            ]
            #expect(try await service.answered("/v1.0/extract/realtime", .object(key)).data.first?["v"] == 1)
            let second = try await service.answered("/v1.0/extract/train?save=true", body)
            #expect(second["etl_id"]?.string != etlID && second.data.first?["v"] == 2)
            #expect(try await service.send("GET", "/v1.0/etls/\(etlID)")["source"]?.string?.contains("v=1") == true)
        }
        web.stop()
    }
}
