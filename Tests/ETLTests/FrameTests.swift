import FeatureModel
import Testing
@testable import ETL

@Suite("Bytes between the service and a worker")
struct FrameTests {
    @Test(
        "numerics become the nearest double",
        arguments: ["0", "-0.5", "10.50", "123456789012345", "0.1", "3.141592653589793238", "1e-7", "99999999999999999999.5", "-12345.678901"])
    func numerics(text: String) {
        var copy = text
        let value = copy.withUTF8(DecimalText.double)
        #expect(value == Double(text))
    }

    @Test("what no double can hold is no double")
    func beyond() {
        func double(_ text: String) -> Double? {
            var text = text
            return text.withUTF8(DecimalText.double)
        }
        #expect(double("NaN")?.isNaN == true)
        #expect(double("-Infinity") == -.infinity)
        #expect(double("1" + String(repeating: "0", count: 309)) == nil)
        #expect(double("abc") == nil)
        #expect(double("") == nil)
        #expect(double("-") == nil)
    }

    @Test("times are printed as PostgreSQL prints them")
    func times() {
        func text(_ microseconds: Int64) -> String {
            var out: [UInt8] = []
            TimeText.append(microseconds, to: &out)
            return String(decoding: out, as: UTF8.self)
        }
        #expect(text(0) == "00:00:00")
        #expect(text(86_400_000_000) == "24:00:00")
        #expect(text(3_723_000_040) == "01:02:03.00004")
    }

    private func body(rows: UInt32, _ buffers: [[UInt8]]) -> [UInt8] {
        var out: [UInt8] = []
        WorkerFrame.append(rows, to: &out)
        WorkerFrame.append(UInt32(buffers.count), to: &out)
        WorkerFrame.append(UInt64(5), to: &out)
        for buffer in buffers { WorkerFrame.append(UInt32(buffer.count), to: &out) }
        out += [UInt8](repeating: 0, count: WorkerFrame.padding(out.count))
        for buffer in buffers { out += buffer + [UInt8](repeating: 0, count: WorkerFrame.padding(buffer.count)) }
        return out
    }

    @Test("whatever a worker sends is an answer or garbled, never a crash")
    func garbled() throws {
        let decoder = try OutputDecoder(head: Array(#"[["a","int8"],["t","text"],["u","unknown"]]"#.utf8))
        let offsets: [UInt8] = [0, 0, 0, 0, 2, 0, 0, 0]
        let good = body(rows: 1, [[1, 0, 0, 0, 0, 0, 0, 0], [], offsets, Array("é".utf8), []])
        let (frame, nanoseconds) = try decoder.frame(good)
        #expect(frame.columns.map { $0.value(0) } == [.int(1), .text("é"), .null])
        #expect(nanoseconds == 5)
        let number = [UInt8](repeating: 0, count: 8)
        let bad: [[UInt8]] = [
            [], [1, 2, 3], Array(good.dropLast()), good + [0], body(rows: 2, [number, [], offsets, [0xc3, 0xa9], []]),
            body(rows: 1, [number, [], offsets, [0xc3, 0xa9]]), body(rows: 1, [number, [0, 0], offsets, [0xc3, 0xa9], []]),
            body(rows: 1, [number, [], offsets, [0xff, 0xff], []]), body(rows: 1, [number, [], [0, 0, 0, 0, 9, 0, 0, 0], [1, 2], []]),
            body(rows: 1, [number, [], [255, 255, 255, 255, 2, 0, 0, 0], [1, 2], []]), body(rows: 100_000_000, [number, [], offsets, [1, 2], []]),
        ]
        for bytes in bad { #expect(throws: GarbledFrame.self) { try decoder.frame(bytes) } }
        // Every change of one byte of a good frame: an answer or an error.
        for index in good.indices {
            for value in [0, 1, 127, 255] as [UInt8] {
                var changed = good
                changed[index] = value
                _ = try? decoder.frame(changed)
            }
        }
        for head in ["", "{}", #"[["a"]]"#, #"[["a","int8"],["a","int8"]]"#, #"[["a","money"]]"#, #"[["a","int4"]]"#] {
            #expect(throws: GarbledFrame.self) { try OutputDecoder(head: Array(head.utf8)) }
        }
    }

    @Test("a header that announces too much is refused before anything is allocated")
    func headers() {
        let bytes = WorkerFrame.bytes(.done, call: 1, head: Array("[]".utf8), body: [1, 2, 3])
        func header(_ bytes: [UInt8], _ longest: Int) -> WorkerFrameHeader? { bytes.withUnsafeBytes { WorkerFrameHeader($0, longestBody: longest) } }
        #expect(header(bytes, 3)?.headLength == 8)
        #expect(header(bytes, 2) == nil)
        var wrong = bytes
        wrong[0] = 0
        #expect(header(wrong, 3) == nil)
        wrong = bytes
        wrong[4] = 99
        #expect(header(wrong, 3) == nil)
        wrong = bytes
        wrong[11] = 0xff
        #expect(header(wrong, 3) == nil)
    }

    @Test("a worker makes one plan for the entities of a call, whatever time each has left")
    func heads() {
        let schema = Schema([.init(name: "a", type: PostgresType(.int8))])
        func head(_ seconds: Double) -> String {
            var limits = ETLLimits()
            limits.seconds = seconds
            return String(decoding: InputEncoder(schema: schema, limits: limits).head, as: UTF8.self)
        }
        #expect(head(4.98) == head(4.3))
        #expect(head(5).hasSuffix(#""seconds":5.0}"#))
        #expect(head(0.01).hasSuffix(#""seconds":1.0}"#))
    }
}
