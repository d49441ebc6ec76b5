import Events
import Testing

@testable import Monitoring

@Suite("A timeline is the contributions of a group in order of time")
struct TimelineTests {
    private struct Entry: Equatable {
        var time: Instant
        var source: Source
        var payload: Int
    }

    @Test(
        "It holds what was added, but what was taken out and what was let go of", arguments: [1, 2, 3, 4] as [UInt64])
    func holds(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var timeline = Timeline<Int>()
        defer { timeline.deallocate() }
        var known: [Entry] = []
        var now: Int64 = 0
        var released = 0
        for number in 0..<4000 {
            now += Int64(random.number(0...3))
            let late = random.chance(15) ? Int64(random.number(0...40)) : 0
            let entry = Entry(time: Instant(milliseconds: now - late), source: .event(number), payload: number)
            timeline.insert(Contribution(time: entry.time, source: entry.source, payload: entry.payload))
            known.append(entry)
            known.sort { $0.time < $1.time }
            if random.chance(10), let old = known.randomElement(using: &random) {
                let removed = timeline.remove(old.source, at: old.time)
                #expect(removed?.payload == old.payload)
                known.removeAll { $0 == old }
            }
            // Now and then much is let go of at once.
            if random.chance(3) {
                let start = Instant(milliseconds: now - Int64(random.pick([20, 200, 1000])))
                timeline.release(before: start)
                released += known.count { $0.time < start }
                known.removeAll { $0.time < start }
            }
            guard number % 50 == 0 else { continue }
            #expect(timeline.start == released)
            let times = (timeline.start..<timeline.end).map { timeline.time($0) }
            #expect(times == known.map(\.time))
            let payloads = (timeline.start..<timeline.end).map { timeline[$0].payload }
            #expect(Set(payloads) == Set(known.map(\.payload)))
            let asked = Instant(milliseconds: now - Int64(random.number(0...300)))
            let (before, upTo) = (known.filter { $0.time < asked }.count, known.filter { $0.time <= asked }.count)
            #expect(timeline.position(atOrAfter: asked) == released + before)
            #expect(timeline.position(after: asked) == released + upTo)
        }
        #expect(released > 100)
    }
}
