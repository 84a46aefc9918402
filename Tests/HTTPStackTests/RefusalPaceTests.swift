import Testing

@testable import HTTPStack

@Suite("Refusals")
struct RefusalPaceTests {
    @Test("are told at once where they are few")
    func few() {
        let pace = RefusalPace(perSecond: 100)
        let start = ContinuousClock.now
        for number in 1...50 { #expect(pace.take(at: start + .milliseconds(10) * number) == .zero) }
    }

    @Test("wait for their turn where they are many, and not longer than four seconds")
    func many() {
        let pace = RefusalPace(perSecond: 100)
        let start = ContinuousClock.now + .seconds(1)
        for number in 0..<400 { #expect(pace.take(at: start) == .milliseconds(10) * number) }
        for _ in 0..<1_000 { #expect(pace.take(at: start) == .seconds(4)) }
        // What waited at the limit is not owed.
        #expect(pace.take(at: start + .seconds(4) + .milliseconds(10)) == .zero)
    }

    @Test("return when their turn has come")
    func turn() async {
        let pace = RefusalPace(perSecond: 10)
        await pace.turn()
        let start = ContinuousClock.now
        await pace.turn()
        #expect(start.duration(to: .now) > .milliseconds(50))
    }
}
