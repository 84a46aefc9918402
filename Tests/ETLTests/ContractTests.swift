import ETL
import FeatureModel
import Foundation
import Testing

@Suite("The contract of a Python ETL")
struct ContractTests {
    let workers = TestWorkers.shared
    let frame = Frame([.field("a", .int8, nullable: false), .field("b", .float8)], rows: [[.int(3), .double(0.5)]])

    @Test("takes AbstractEtl from either module", arguments: ["etl_abc", "feature_lib.etl_abc"])
    func imports(module: String) async throws {
        let program = ETLProgram(
            source: """
                from \(module) import AbstractEtl
                class Etl(AbstractEtl):
                    def extract(self):
                        self.df["c"] = self.df["a"] * self.df["b"]
                """)
        let output = try await workers.extract(program, from: frame, limits: ETLLimits())
        #expect(output.schema.names == ["a", "b", "c"])
        #expect(output.values("c") == [.double(1.5)])
        #expect(output.kind("a") == .int8)
        #expect(output.kind("c") == .float8)
    }

    @Test("takes the data frame that extract() returns, self.df where it returns nothing, and refuses anything else")
    func results() async throws {
        let returned = try await workers.extract(.extracting("return self.df[['b']]"), from: frame, limits: ETLLimits())
        #expect(returned.schema.names == ["b"])
        for end in ["", "return None", "return self"] {
            let left = try await workers.extract(.extracting("self.df = self.df[['a']]\n\(end)"), from: frame, limits: ETLLimits())
            #expect(left.schema.names == ["a"])
        }
        for (body, what) in [
            ("self.df = self.df['a']", "left in self.df a Series"), ("return self.df['a'] * 2", "returned a Series"), ("return {'a': 1}", "returned a dict"),
            ("return 5", "returned a int"),
        ] {
            let error = await failure { _ = try await workers.extract(.extracting(body), from: frame, limits: ETLLimits()) }
            #expect(error?.kind == .badOutput && error?.message.contains(what) == true && error?.hint != nil, "\(String(describing: error))")
        }
    }

    @Test("says what to do about columns, packages and files that are not there")
    func hints() async throws {
        for (body, hint) in [
            ("self.df['c']", "self.df has the columns a, b"), ("import sklearn_that_nobody_has", "an ETL may import numpy, pandas"),
            ("open('/nowhere')", "an ETL has no network, and no files but its own"),
        ] {
            let error = await failure { _ = try await workers.extract(.extracting(body), from: frame, limits: ETLLimits()) }
            #expect(error?.kind == .raised && error?.hint?.contains(hint) == true, "\(String(describing: error))")
        }
        let error = await failure { _ = try await workers.extract(.extracting("pass", before: "import sklearn_that_nobody_has"), from: frame, limits: ETLLimits()) }
        #expect(error?.kind == .notLoadable && error?.hint?.contains("an ETL may import") == true)
    }

    @Test("makes a new Etl for each call and keeps the module")
    func stateBetweenCalls() async throws {
        let workers = TestWorkers.make {
            $0.workers = 1; $0.spares = 1
        }
        defer { workers.shutDown() }
        let program = ETLProgram.extracting(
            "calls.append(1)\nself.df['n'] = len(calls)\nself.df['own'] = hasattr(self, 'mark')\nself.mark = 1", before: "calls = []")
        let first = try await workers.extract(program, from: frame, limits: ETLLimits())
        #expect(first.values("n") == [.int(1)])
        let second = try await workers.extract(program, from: frame, limits: ETLLimits())
        #expect(second.values("n") == [.int(2)])
        #expect(second.values("own") == [.bool(false)])
    }

    @Test("hands back what was printed, at most 8 KB of it")
    func printing() async throws {
        let quiet = try await workers.extract(.extracting("pass"), from: frame, limits: ETLLimits())
        #expect(quiet.printed == "")
        let program = ETLProgram.extracting("import sys\nprint('to you', flush=True)\nprint('and you', file=sys.stderr)")
        let output = try await workers.extract(program, from: frame, limits: ETLLimits())
        #expect(output.printed == "to you\nand you\n")
        let flood = ETLProgram.extracting("for _ in range(20000):\n    print('x' * 1000)\nself.df['n'] = 1")
        let flooded = try await workers.extract(flood, from: frame, limits: ETLLimits(seconds: 60))
        #expect(flooded.values("n") == [.int(1)])
        #expect(flooded.printed.utf8.count < 8_300)
        let after = try await workers.extract(flood, from: frame, limits: ETLLimits(seconds: 60))
        #expect(after.printed.hasPrefix("xxx"))
    }

    @Test("tells the exception and its line in the user's source, and nothing of the server")
    func exceptions() async throws {
        let program = ETLProgram(
            source: """
                from etl_abc import AbstractEtl

                def ratio(df):
                    return df["nope"]

                class Etl(AbstractEtl):
                    def extract(self):
                        self.df["x"] = ratio(self.df)
                """)
        let error = try #require(await failure { _ = try await workers.extract(program, from: frame, limits: ETLLimits()) })
        #expect(error.kind == .raised)
        #expect(error.reason == "KeyError: 'nope'")
        #expect(error.position?.line == 4)
        #expect(error.position?.column == 12)
        #expect(!error.description.contains("/"))
        let again = try await workers.extract(.extracting("pass"), from: frame, limits: ETLLimits())
        #expect(again.rowCount == 1)
    }

    @Test("says at save what can't be loaded")
    func checks() async throws {
        try await workers.check(.extracting("pass"))
        let cases: [(source: String, message: String, line: Int?, hint: Bool)] = [
            ("x = 1\nclass Etl(:\n", "does not compile", 2, false),
            ("import nothing_like_this\n", "ModuleNotFoundError", 1, false),
            ("x = 1\ny = x / 0\n", "ZeroDivisionError", 2, false),
            ("x = 1\n", "no class 'Etl'", nil, true),
            ("class Etl:\n    def extract(self): pass\n", "does not derive from 'AbstractEtl'", nil, true),
            ("from etl_abc import AbstractEtl\nclass Etl(AbstractEtl):\n    pass\n", "lacks the method 'extract'", nil, true),
            ("import sys\nsys.exit(3)\n", "SystemExit", 2, false),
            ("x = '\0'\n", "null bytes", nil, false),
        ]
        for (source, message, line, hint) in cases {
            let error = try #require(await failure { try await workers.check(ETLProgram(source: source)) }, "\(source)")
            #expect(error.kind == .notLoadable)
            #expect(error.message.contains(message), "\(error)")
            #expect(error.position?.line == line)
            #expect((error.hint?.contains("class Etl(AbstractEtl)") == true) == hint)
        }
    }

    @Test("runs the example over the flow's rows, and over none")
    func demo() async throws {
        let program = ETLProgram(source: try String(contentsOfFile: TestWorkers.folder + "/demo_etl.py", encoding: .utf8))
        let fields: [Schema.Field] = [
            .field("user_id", .varchar), .field("n_quotes", .int8), .field("n_bound", .int8), .field("n_paid", .int8), .field("avg_delay", .numeric),
            .field("last_quote", .numeric),
        ]
        let row: [Value] = [.text("u1"), .int(4), .int(2), .int(1), .text("172800.00"), .text("1700000000.5")]
        let output = try await workers.extract(
            program, from: Frame(fields, rows: [row, [.text("u2"), .int(0), .int(0), .null, .null, .null]]), limits: ETLLimits())
        #expect(output.values("bind_rate") == [.double(0.5), .null])
        #expect(output.values("pay_rate") == [.double(0.5), .null])
        #expect(output.values("avg_delay_days") == [.double(2), .null])
        #expect(output.values("is_customer") == [.bool(true), .bool(false)])
        let empty = try await workers.extract(program, from: Frame(fields), limits: ETLLimits())
        #expect(empty.schema.names == output.schema.names)
        #expect(empty.rowCount == 0)
    }

    @Test("names the versions and the sandbox", .enabled(if: Machine.canChangeMounts, Machine.reason))
    func description() async throws {
        let description = try await workers.runtimeDescription()
        #expect(description.contains(/^python 3\.\d+\.\d+, pandas \d.*, numpy \d.* \(sandbox: (bubblewrap|namespaces)\)$/))
        #expect(workers.warnings() == [])
    }
}
