import ETL
import FeatureModel
import Testing

@Suite("Training: many frames, one data frame")
struct TrainingTests {
    let workers = TestWorkers.shared
    static let fields: [Schema.Field] = [
        .field("id", .int8, nullable: false), .field("name", .text), .field("amount", .numeric), .field("ok", .bool),
    ]

    static func frames(_ count: Int, rows: Int) -> AsyncThrowingStream<Frame, any Error> {
        AsyncThrowingStream { continuation in
            for number in 0..<count {
                let rows = (0..<rows).map { row -> [Value] in
                    let id = Int64(number * rows + row)
                    return [.int(id), .text("name \(id)"), id % 3 == 0 ? .null : .text("\(id).25"), id % 5 == 0 ? .null : .bool(id % 2 == 0)]
                }
                continuation.yield(Frame(fields, rows: rows))
            }
            continuation.finish()
        }
    }

    @Test("100,000 rows in many frames are one self.df, and come back in frames of at most 8,192")
    func large() async throws {
        let program = ETLProgram.extracting("self.df['n'] = len(self.df)\nself.df['double'] = self.df['amount'] * 2")
        let output = try await workers.extract(
            program, schema: Schema(Self.fields), from: Self.frames(20, rows: 5_000), limits: ETLLimits(seconds: 60))
        #expect(output.rowCount == 100_000)
        #expect(output.frames.allSatisfy { (1...Frame.maximumRows).contains($0.rowCount) })
        let ids = output.values("id")
        #expect(ids.first == .int(0) && ids.last == .int(99_999))
        #expect(output.values("n").allSatisfy { $0 == .int(100_000) })
        let doubles = output.values("double")
        #expect(doubles[0] == .null && doubles[1] == .double(2.5) && doubles[99_998] == .double(199_996.5))
        #expect(output.values("name")[77_777] == .text("name 77777"))
        #expect(output.values("ok")[5] == .null)
    }

    @Test("no frames at all are an empty data frame of the same dtypes")
    func empty() async throws {
        let program = ETLProgram.extracting(
            "self.df['dtypes'] = ''\nreturn pd.DataFrame({'d': [str(t) for t in self.df.dtypes], 'rows': len(self.df)})")
        let output = try await workers.extract(program, schema: Schema(Self.fields), from: Self.frames(0, rows: 0), limits: ETLLimits())
        #expect(output.values("d").prefix(4) == [.text("int64"), .text("object"), .text("float64"), .text("boolean")])
        #expect(output.values("rows").allSatisfy { $0 == .int(0) })
    }

    @Test("an error of the input ends the call with just that error, and the pool is well")
    func failingInput() async throws {
        struct Broken: Error {}
        let broken = AsyncThrowingStream<Frame, any Error> { continuation in
            continuation.yield(Frame(Self.fields, rows: [[.int(1), .null, .null, .null]]))
            continuation.yield(Frame(Self.fields, rows: [[.int(2), .null, .null, .null]]))
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) {
            _ = try await workers.extract(.extracting("pass"), schema: Schema(Self.fields), from: broken, limits: ETLLimits())
        }
        let output = try await workers.extract(.extracting("pass"), schema: Schema(Self.fields), from: Self.frames(1, rows: 2), limits: ETLLimits())
        #expect(output.rowCount == 2)
    }

    @Test("rows and bytes of the result are limited")
    func limits() async throws {
        let program = ETLProgram.extracting("return pd.DataFrame({'x': np.zeros(5000)})")
        let frame = Frame(Self.fields)
        let rows = await failure { _ = try await workers.extract(program, from: frame, limits: ETLLimits(rows: 4_999)) }
        #expect(rows?.kind == .outputLimit)
        let bytes = await failure { _ = try await workers.extract(program, from: frame, limits: ETLLimits(outputBytes: 39_999)) }
        #expect(bytes?.kind == .outputLimit)
        #expect(bytes?.code == "etl_output_too_large")
        let enough = try await workers.extract(program, from: frame, limits: ETLLimits(rows: 5_000, outputBytes: 40_000))
        #expect(enough.rowCount == 5_000)
    }
}
