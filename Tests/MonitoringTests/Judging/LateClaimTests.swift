import Events
import Monitoring
import Testing

/// Section 2, "Claims": statements that come late, are corrected, denied or withdrawn, and incidents that are.
@Suite("A statement about an incident")
struct LateClaimTests {
    private static let attack =
        "{'id':'x','time':'2014-03-03T09:00Z','type':'attack','initiator':'JuA','target':'pakistan'}"

    private static func said(
        _ id: String, _ claim: String, _ by: String, revision: Int = 1, about: String = "x", day: Int = 4
    ) -> String {
        "{'id':'\(id)','revision':\(revision),'time':'2014-03-0\(day)T09:00Z','claim':'\(claim)','by':'\(by)','about':'\(about)'}"
    }

    private func seen(_ expected: [String: String], _ records: [String]) throws {
        for order in ClaimSamples.orders(of: records) {
            let seen = try ClaimSamples.seen(order).mapValues { String($0.prefix { $0 != "/" }) }
            #expect(seen == expected, "\(order)")
        }
    }

    @Test("can be late, corrected and withdrawn like any other record")
    func corrected() throws {
        let claim = LateClaimTests.said("s", "claimed", "TTP")
        try seen(["x": "claimed"], [LateClaimTests.attack, claim])
        let denial = LateClaimTests.said("s", "denied", "TTP", revision: 2)
        try seen(["x": "denied"], [LateClaimTests.attack, claim, denial])
        let withdrawal = "{'id':'s','revision':3,'withdrawn':true}"
        try seen(["x": "-"], [LateClaimTests.attack, claim, denial, withdrawal])
    }

    @Test("can turn out to be about another incident")
    func moved() throws {
        let other = "{'id':'y','time':'2014-03-03T10:00Z','type':'attack','initiator':'TTP'}"
        try seen(
            ["x": "-", "y": "claimed"],
            [
                LateClaimTests.attack, other, LateClaimTests.said("s", "claimed", "TTP"),
                LateClaimTests.said("s", "claimed", "TTP", revision: 2, about: "y"),
            ])
    }

    @Test("that turns out to be an incident itself leaves what the incident records")
    func becameIncident() throws {
        let statement = "{'id':'x','revision':1,'time':'2014-03-04T09:00Z','claim':'claimed','by':'TTP','about':'x'}"
        let incident =
            "{'id':'x','revision':2,'time':'2014-03-03T09:00Z','type':'attack','initiator':'Jundullah','target':'pakistan'}"
        for order in ClaimSamples.orders(of: [statement, incident]) {
            #expect(try ClaimSamples.seen(order) == ["x": "-/Jundullah/jundullah/spoiler"], "\(order)")
        }
    }

    @Test("applies to an incident as it is after its own correction")
    func incidentCorrected() throws {
        let first = LateClaimTests.attack.replacing("'type'", with: "'revision':1,'type'")
        let second = first.replacing("'revision':1", with: "'revision':2").replacing("JuA", with: "Jundullah")
        try seen(["x": "disputed"], [first, second, LateClaimTests.said("s", "claimed", "TTP")])
        let third = "{'id':'x','revision':3,'withdrawn':true}"
        try seen([:], [first, second, third, LateClaimTests.said("s", "claimed", "TTP")])
        let again = second.replacing("'revision':2", with: "'revision':4").replacing("Jundullah", with: "TTP")
        try seen(["x": "claimed"], [first, third, again, LateClaimTests.said("s", "claimed", "TTP")])
    }

    @Test("changes the alerts by the difference when it comes late")
    func difference() throws {
        let records = [
            LateClaimTests.attack, LateClaimTests.said("s", "claimed", "TTP", day: 5),
            LateClaimTests.said("d", "denied", "TTP", day: 6), "{'id':'s','revision':2,'withdrawn':true}",
        ]
        let emitted = try ClaimSamples.run(records).emitted
        let told = emitted.map { alert in
            let words = ["attribution", "breach"].compactMap { field -> String? in
                guard case .text(let text) = alert.group.first(where: { $0.field == field })?.value else { return nil }
                return text
            }
            return ([alert.status.rawValue] + words).joined(separator: " ")
        }
        let firing = [
            "firing alleged", "firing claimed confirmed", "firing disputed disputed", "firing denied disputed",
        ]
        #expect(told.filter { $0.hasPrefix("firing") } == firing)
        #expect(told.count { $0.hasPrefix("retracted") } == 3)
    }

    @Test("is no breach, and about a statement it changes nothing")
    func statements() throws {
        let claim = LateClaimTests.said("s", "claimed", "TTP").replacing("'claim'", with: "'type':'attack','claim'")
        try seen(
            ["x": "claimed", "s": "-"],
            [LateClaimTests.attack, claim, LateClaimTests.said("t", "denied", "TTP", about: "s", day: 5)])
        #expect(try ClaimSamples.seen([LateClaimTests.attack, claim])["s"] == "-/-/-/-")
    }

    @Test("is also an event: mutual accusation is reciprocity from by.party to target.party over them")
    func mutualAccusation() throws {
        let rules =
            ClaimSamples.actors + """

                ---
                title: Accusation
                name: accusation
                detection: {selection: {claim: accused}, condition: selection}
                ---
                title: Mutual accusation
                name: mutual
                correlation:
                  {type: reciprocity, rules: accusation, from: by.party, to: target.party, timespan: 7d, condition: {gte: 1}}
                """
        let records = [
            "{'id':'a','time':'2014-03-05T09:00Z','claim':'accused','by':'JuA','target':'pakistan'}",
            "{'id':'b','time':'2014-03-06T09:00Z','claim':'accused','by':'pakistan','target':'TTP'}",
        ]
        for order in ClaimSamples.orders(of: records) {
            let standing = try ClaimSamples.run(order, rules: rules).standing
            #expect(standing.map(\.onset) == [Instant(milliseconds: 1_394_096_400_000)])
            #expect(standing.map(\.figure?.value) == [1])
        }
    }

    @Test("says something of several incidents if it names several")
    func several() throws {
        let claim = "{'id':'s','time':'2014-03-05T09:00Z','claim':'claimed','by':'TTP','about':['x','y']}"
        let other = "{'id':'y','time':'2014-03-03T10:00Z','type':'attack'}"
        try seen(["x": "claimed", "y": "claimed"], [LateClaimTests.attack, other, claim])
    }

    @Test("is kept as long as its incident can change")
    func kept() throws {
        let claim = LateClaimTests.said("s", "claimed", "TTP", day: 1)
        let filler = (0..<12_000).map { number in
            "{'id':'f\(number)','time':\(1_393_700_000 + number * 30),'type':'other'}"
        }
        let correction = LateClaimTests.attack.replacing("JuA", with: "Jundullah")
        let records = [claim, LateClaimTests.attack] + filler + [correction]
        let horizon = Timespan(milliseconds: 3 * 86_400_000)
        let seen = try ClaimSamples.seen(records, horizon: horizon)
        #expect(seen == ["x": "disputed/Jundullah/jundullah/spoiler"])
    }
}
