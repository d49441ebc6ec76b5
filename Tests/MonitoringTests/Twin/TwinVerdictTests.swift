import Events
import Rulebook
import Testing

/// The worlds have every verdict and phase, so that none goes uncompared.
struct TwinVerdictTests {
    @Test func everyVerdictPhaseAndOverlapIsDrawn() {
        var seen: [String: Set<Value>] = [:]
        for number in 0..<300 {
            let world = TwinWorld(seed: 2014, number: number)
            let events = Twin.inForce(world.records)
            let judge = TwinJudge(rulebook: world.rulebook, events: events)
            for event in events {
                for (field, value) in judge.fields(of: event) { seen[field, default: []].insert(value) }
            }
        }
        #expect(seen["breach"] == Set(TwinJudge.verdicts.map(Value.text)))
        #expect(seen["ceasefire.phase"]?.count == 4)
        #expect(seen["ceasefire.overlap"]?.count == 2)
        #expect(seen["breach.side"]?.count == 3)
        #expect(seen["breach.against"]?.count == 4)
        #expect(seen["initiator.party"]?.contains { $0.twinMembers.count == 2 } == true)
    }

    @Test func everyAttributionThatFollowsFromStatementsIsDrawn() {
        var seen: [String: Int] = [:]
        for number in 0..<450 {
            let world = TwinWorld(seed: 2014, number: number)
            let events = Twin.inForce(world.records)
            let claims = TwinClaims(actors: TwinActors(rulebook: world.rulebook), events: events)
            for event in events {
                let judged = claims.seen(event)
                if judged.fields["initiator"] != event.fields["initiator"] { seen["named", default: 0] += 1 }
                guard judged.fields["attribution"] != event.fields["attribution"] else { continue }
                seen[judged.fields["attribution"]?.twinText ?? "", default: 0] += 1
            }
        }
        for word in ["disputed", "claimed", "denied", "alleged", "named"] {
            #expect(seen[word, default: 0] > 5, "\(word)")
        }
    }
}
