import Events
import Following
import Testing

@Suite("The wall clock takes stream time on")
struct StreamClockTests {
    private func at(_ milliseconds: Int64) -> Instant { Instant(milliseconds: milliseconds) }

    @Test("A clock that jumps ahead takes stream time no further than to what is decided by then")
    func jumpsAhead() {
        var clock = StreamClock()
        #expect(clock.advance(toNext: at(50), at: at(10)) == nil)
        #expect(clock.wait(forNext: at(50), at: at(10)) == 40)
        // Ten years ahead: decision by decision, and not to where the clock is.
        #expect(clock.advance(toNext: at(50), at: at(315_360_000_000)) == at(50))
        #expect(clock.advance(toNext: at(70), at: at(315_360_000_000)) == at(70))
        #expect(clock.advance(toNext: nil, at: at(315_360_000_000)) == nil)
        #expect(clock.reached == at(70))
    }

    @Test("A clock that jumps back takes nothing away, and decides again once it is where it was")
    func jumpsBack() {
        var clock = StreamClock(reached: at(70))
        #expect(clock.advance(toNext: at(90), at: at(20)) == nil)
        #expect(clock.wait(forNext: at(90), at: at(20)) == 70)
        #expect(clock.advance(toNext: at(60), at: at(80)) == nil)
        #expect(clock.reached == at(70))
        #expect(clock.advance(toNext: at(90), at: at(95)) == at(90))
    }

    @Test("However the clock jumps, it never goes back, never overtakes the wall, and never waits for nothing")
    func anyJumps() {
        var clock = StreamClock()
        var state: UInt64 = 7
        func draw(_ limit: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % limit)
        }
        for _ in 0..<10_000 {
            let (wall, decision) = (at(draw(1000)), at(draw(1000)))
            let (before, wait) = (clock.reached, clock.wait(forNext: decision, at: wall))
            let due = clock.advance(toNext: decision, at: wall)
            #expect((wait == 0) == (due != nil))
            #expect(clock.reached >= before && clock.reached <= max(before, wall))
        }
    }
}
