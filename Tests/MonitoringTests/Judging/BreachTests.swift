import Events
import Rulebook
import Testing

@testable import Monitoring

@Suite("An event under a ceasefire")
struct BreachTests {
    private func verdict(_ fields: Fields, in ceasefire: Ceasefire = .sample()) -> Fields {
        var event: Fields = ["time": "2014-03-14T09:40", "type": "attack"]
        event.merge(fields) { $1 }
        return judged(event, by: .sample(ceasefire))
    }

    @Test(
        "by a side is confirmed, disputed or alleged as its attribution is",
        arguments: [
            ("confirmed", "confirmed"), ("claimed", "confirmed"), ("disputed", "disputed"), ("denied", "disputed"),
            ("alleged", "alleged"), ("unknown", "alleged"), ("", "alleged"),
        ])
    func attribution(_ attribution: String, _ breach: String) {
        let given: Value = attribution.isEmpty ? .absent : .text(attribution)
        for (target, against) in [("Pakistan Army", "state"), ("pilgrims of X", "civilians"), ("Unknown", nil)] {
            let fields = verdict(["initiator": "TTP", "target": .text(target), "attribution": given])
            #expect(fields["breach"] == .text(breach))
            #expect(fields["breach.side"] == "ttp")
            #expect(fields["breach.against"] == against.map { .text($0) })
        }
    }

    @Test("says why in a sentence that can be contested")
    func reasons() {
        let cases: [(Fields, Value)] = [
            (
                ["initiator": "TTP", "attribution": "claimed"],
                "Tehrik-i-Taliban Pakistan belongs to side ttp of truce (in force, day 13), the target is unknown, attribution claimed"
            ),
            (
                ["initiator": "JuA", "target": "Pakistan"],
                "Jamaat-ul-Ahrar belongs to side ttp through Tehrik-i-Taliban Pakistan of truce (in force, day 13), the target Pakistan belongs to side state, no attribution given"
            ),
            (
                ["initiator": "TTP", "target": "Pakistan", "mutual": true],
                "Tehrik-i-Taliban Pakistan belongs to side ttp of truce (in force, day 13), Pakistan belongs to side state, it is not recorded who began"
            ),
            (
                ["target": "pilgrims of X"],
                "The initiator is unknown, the target Civilians (Pakistan) is civilian, truce is in force (day 13)"
            ),
            (
                ["initiator": "Lashkar-e-X", "target": "Foo"],
                "The initiator's name 'Lashkar-e-X' is in no registry, the target's name 'Foo' is in no registry and counts as unknown, truce is in force (day 13)"
            ),
            (
                ["initiator": "Ahrar-ul-Hind", "target": "Pakistan"],
                "Ahrar-ul-Hind is an armed group of no side of truce (in force, day 13), the target Pakistan belongs to side state"
            ),
            (
                ["initiator": "TTP and/or Ahrar-ul-Hind", "target": "Pakistan", "attribution": "claimed"],
                "Ahrar-ul-Hind is an armed group of no side of truce (in force, day 13), the target Pakistan belongs to side state, the weakest of 2 readings of the names"
            ),
        ]
        for (fields, reason) in cases { #expect(verdict(fields)["breach.reason"] == reason) }
    }

    @Test("is a clash or no breach if it is mutual")
    func clash() {
        let clash = verdict(["initiator": "TTP", "target": "Pakistan", "mutual": true, "attribution": "confirmed"])
        #expect(clash["breach"] == "clash")
        #expect(clash["breach.side"] == nil)
        #expect(clash["breach.against"] == nil)
        #expect(verdict(["initiator": "TTP", "target": "JuA", "mutual": true])["breach"] == nil)
        #expect(verdict(["initiator": "TTP", "target": "civilians", "mutual": true])["breach"] == nil)
        #expect(verdict(["initiator": "TTP", "mutual": true])["breach"] == nil)
        let unprotected = Ceasefire.sample(protectsParties: false)
        #expect(verdict(["initiator": "TTP", "target": "Pakistan", "mutual": true], in: unprotected)["breach"] == nil)
    }

    @Test("is unattributed if the initiator is unknown, unresolved if it is in no registry, a spoiler's if of no side")
    func others() {
        for (initiator, breach) in [("Unknown", "unattributed"), ("Foo", "unresolved"), ("auh", "spoiler")] {
            for (target, against) in [("pakistan", "state"), ("civilians", "civilians"), ("Unknown", nil), ("X", nil)] {
                let fields = verdict(["initiator": .text(initiator), "target": .text(target), "attribution": "claimed"])
                #expect(fields["breach"] == .text(breach), "\(initiator) against \(target)")
                #expect(fields["breach.side"] == nil)
                #expect(fields["breach.against"] == against.map { .text($0) })
            }
        }
        #expect(verdict([:])["breach"] == "unattributed")
    }

    @Test("is no breach between a side and somebody whom the ceasefire does not cover, nor within a side")
    func uncovered() {
        for (initiator, target) in [("TTP", "auh"), ("TTP", "JuA"), ("Unknown", "auh"), ("protesters", "pakistan")] {
            let fields = verdict(["initiator": .text(initiator), "target": .text(target)])
            #expect(fields["breach"] == nil, "\(initiator) against \(target)")
            #expect(fields["breach.reason"] == nil)
        }
    }

    @Test("counts a side as target only where parties are protected, civilians only where civilians are")
    func protection() {
        let noParties = Ceasefire.sample(protectsParties: false)
        #expect(verdict(["initiator": "TTP", "target": "pakistan"], in: noParties)["breach"] == nil)
        #expect(verdict(["initiator": "TTP", "target": "civilians"], in: noParties)["breach"] == "alleged")
        let noCivilians = Ceasefire.sample(protectsCivilians: false)
        #expect(verdict(["initiator": "TTP", "target": "civilians"], in: noCivilians)["breach"] == nil)
        #expect(verdict(["initiator": "auh", "target": "civilians"], in: noCivilians)["ceasefire"] == nil)
        for ceasefire in [noParties, noCivilians] {
            #expect(verdict(["initiator": "TTP"], in: ceasefire)["breach"] == "alleged")
        }
    }

    @Test("counts civilians of a side as that side, and those of the initiator's own not at all")
    func civiliansOfASide() {
        func breach(by initiator: String, _ ceasefire: Ceasefire) -> [Value?] {
            var rulebook = Rulebook.sample(ceasefire)
            rulebook.actors.append(.sample("officials", .civilians, in: [.sample(0)]))
            let fields = judged(
                ["type": "attack", "time": "2014-03-14", "initiator": .text(initiator), "target": "officials"],
                by: rulebook)
            return [fields["breach"], fields["breach.against"]]
        }
        let noParties = Ceasefire.sample(protectsParties: false)
        let noCivilians = Ceasefire.sample(protectsCivilians: false)
        #expect(breach(by: "TTP", .sample()) == ["alleged", "state"])
        #expect(breach(by: "TTP", noParties) == ["alleged", "civilians"])
        #expect(breach(by: "TTP", noCivilians) == ["alleged", "state"])
        for ceasefire in [.sample(), noParties, noCivilians] {
            #expect(breach(by: "pakistan", ceasefire) == [nil, nil])
        }
    }

    @Test("is of the side that lists the initiator before its group's, and of the first of two that list it")
    func severalSides() {
        let parties = [
            Ceasefire.Party(side: "ttp", actors: [1]), .init(side: "jua", actors: [2]),
            .init(side: "again", actors: [1, 0]),
        ]
        for (name, side) in [("TTP", "ttp"), ("JuA", "jua"), ("pakistan", "again")] {
            let fields = verdict(["initiator": .text(name), "target": "civilians"], in: .sample(parties: parties))
            #expect(fields["breach.side"] == .text(side))
        }
    }

    @Test("is the weakest of several candidates' breaches, with a side only where all agree, and none if one is none")
    func candidates() {
        let agreed = verdict(["initiator": "JuA and/or TTP", "target": "pakistan", "attribution": "claimed"])
        #expect(agreed["breach"] == "confirmed")
        #expect(agreed["breach.side"] == "ttp")
        let spoiled = verdict(["initiator": ["TTP", "auh"], "target": "pakistan", "attribution": "claimed"])
        #expect(spoiled["breach"] == "spoiler")
        #expect(spoiled["breach.side"] == nil)
        #expect(spoiled["breach.against"] == "state")
        let sides = verdict(["initiator": ["TTP", "pakistan"], "target": "civilians", "attribution": "claimed"])
        #expect(sides["breach"] == "confirmed")
        #expect(sides["breach.side"] == nil)
        let targets = verdict(["initiator": "TTP", "target": ["civilians", "pakistan"], "attribution": "claimed"])
        #expect(targets["breach"] == "confirmed")
        #expect(targets["breach.against"] == nil)
        #expect(verdict(["initiator": ["TTP", "protesters"], "target": "pakistan"])["breach"] == nil)
    }

    @Test("is no breach if it is a statement or an act")
    func statements() {
        let statement = verdict(["initiator": "TTP", "target": "pakistan", "claim": "claimed", "by": "TTP"])
        #expect(statement["breach"] == nil)
        #expect(statement["ceasefire"] == "truce")
        let act = verdict(["initiator": "TTP", "target": "pakistan", "ceasefire": "truce", "ceasefire_act": "extended"])
        #expect(act["breach"] == nil)
        #expect(act["ceasefire"] == "truce")
        #expect(act["ceasefire.phase"] == "in_force")
    }

    @Test(
        "is an ordinary one if it is an act about an unknown ceasefire, and whatever ceasefire it says without an act")
    func foreignActs() {
        let foreign = verdict(["initiator": "TTP", "ceasefire": "other", "ceasefire_act": "ended"])
        #expect(foreign["breach"] == "alleged")
        #expect(foreign["ceasefire"] == "truce")
        #expect(verdict(["initiator": "TTP", "ceasefire": "other"])["ceasefire"] == "truce")
        #expect(verdict(["initiator": "auh", "target": "protesters", "ceasefire": "truce"])["ceasefire"] == nil)
    }

    @Test("is a breach without prohibited acts if it names an initiator or a target")
    func withoutProhibits() {
        let general = Ceasefire.sample(prohibits: nil)
        #expect(verdict(["type": "protest", "initiator": "TTP"], in: general)["breach"] == "alleged")
        #expect(verdict(["type": "protest", "target": "pakistan"], in: general)["breach"] == "unattributed")
        #expect(verdict(["initiator": "Foo"], in: general)["breach"] == "unresolved")
        #expect(verdict(["initiator": "Unidentified gunmen"], in: general)["breach"] == nil)
        #expect(verdict(["initiator": "Unidentified gunmen"], in: general)["ceasefire"] == "truce")
    }

    @Test("is a breach only if it is prohibited, in force, and in the area")
    func prohibited() {
        #expect(verdict(["initiator": "TTP", "type": "talks"])["breach"] == nil)
        #expect(verdict(["initiator": "TTP", "type": "talks"])["ceasefire"] == "truce")
        #expect(verdict(["initiator": "TTP", "time": "2014-02-14"])["breach"] == nil)
        #expect(verdict(["initiator": "TTP", "time": "2014-02-14"])["ceasefire.phase"] == "before")
        let local = Ceasefire.sample(area: .field("country", like: "Pakistan"))
        #expect(verdict(["initiator": "TTP", "country": "pakistan"], in: local)["breach"] == "alleged")
        #expect(
            verdict(["initiator": "TTP", "country": "Iran"], in: local) == verdict(["initiator": "TTP"], in: local))
        #expect(verdict(["initiator": "TTP"], in: local)["ceasefire"] == nil)
    }

    @Test("meets areas and prohibitions by the fields of its actors too")
    func derivedConditions() {
        let byStates = Ceasefire.sample(prohibits: .field("initiator.kind", like: "state"))
        #expect(verdict(["initiator": "Pakistan Army", "target": "TTP"], in: byStates)["breach"] == "alleged")
        #expect(verdict(["initiator": "TTP", "target": "pakistan"], in: byStates)["breach"] == nil)
    }

    @Test("belongs to a side by its groups at the event's time")
    func splinters() {
        let long = Ceasefire.sample()
        let before = verdict(["initiator": "JuA", "target": "pakistan", "time": "2014-08-25"], in: long)
        #expect(before["breach.side"] == "ttp")
        let after = verdict(["initiator": "JuA", "target": "pakistan", "time": "2014-08-26"], in: long)
        #expect(after["breach"] == "spoiler")
    }
}
