import Catalog
import Foundation
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "writes and reads ISO 8601 to the millisecond",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_007, "2000-02-29T00:00:00.007Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func text(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp.text(Timestamp.date(milliseconds: milliseconds)) == text)
        #expect(Timestamp.date(text).map(Timestamp.milliseconds(of:)) == milliseconds)
    }

    @Test("agrees with Foundation's calendar through eight centuries")
    func calendar() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -140_000, to: 150_000, by: 61) {
            let date = Timestamp.date(milliseconds: Int64(day) * 86_400_000)
            let text = Timestamp.text(date)
            #expect(text == date.formatted(style))
            #expect(Timestamp.date(text) == date)
        }
    }

    @Test("reads whole seconds, and nothing else than such a text")
    func strict() {
        #expect(Timestamp.date("2026-01-31T09:05:00Z") == Timestamp.date("2026-01-31T09:05:00.000Z"))
        for text in [
            "", "2026-01-31", "2026-01-31T09:05:00.25Z", "2026-13-31T09:05:00Z", "2026-01-31 09:05:00Z", "2026-01-31T09:05:00.000+",
            "2026-01-31T24:05:00Z",
        ] {
            #expect(Timestamp.date(text) == nil, "\(text)")
        }
    }

    @Test("rounds to whole milliseconds, and again to the same")
    func rounding() {
        for _ in 0..<1_000 {
            let date = Date(timeIntervalSinceReferenceDate: .random(in: -1e10...1e10))
            let rounded = Timestamp.rounded(date)
            #expect(abs(rounded.timeIntervalSince(date)) <= 0.000_51)
            #expect(Timestamp.rounded(rounded) == rounded)
            #expect(Timestamp.date(Timestamp.text(rounded)) == rounded)
        }
    }
}
