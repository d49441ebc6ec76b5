import Events
import Rulebook
import Testing

@testable import Monitoring

@Suite("Actors")
struct ActorTests {
    private func initiator(_ name: Value, at time: String = "2014-03-10", in rulebook: Rulebook = .sample()) -> Fields {
        judged(["initiator": name, "time": .text(time)], by: rulebook)
    }

    @Test(
        "resolve by id, name or alias, without regard to case, with wildcards",
        arguments: [
            "ttp", "TTP", "tehrik-i-taliban pakistan", "Tehreek-e-Taliban Pakistan", "TEHREEK TALIBAN PAKISTAN",
        ])
    func names(_ name: String) {
        let fields = initiator(.text(name))
        #expect(fields["initiator.actor"] == "ttp")
        #expect(fields["initiator.kind"] == "armed_group")
        #expect(fields["initiator.party"] == "ttp")
        #expect(fields["initiator.lineage"] == "ttp")
    }

    @Test("get the most specific name: exact before wildcard, the longer before the shorter, then the smaller id")
    func specificity() {
        var rulebook = Rulebook()
        rulebook.actors = [
            .sample("z", aliases: ["Army*"]), .sample("b", aliases: ["Army of*"]), .sample("a", aliases: ["*my of Y"]),
            .sample("c", aliases: ["Army of X"]), .sample("d", aliases: ["Guard?"]), .sample("e", aliases: ["?uards"]),
        ]
        let expected: [(String, Value)] = [
            ("Army", "z"), ("Army of X", "c"), ("Army of Y", "a"), ("Army of Z", "b"), ("guards", "d"),
        ]
        for (name, id) in expected {
            #expect(initiator(.text(name), in: rulebook)["initiator.actor"] == id, "\(name)")
        }
    }

    @Test("lose to an unidentified name as specific as theirs, and only to that")
    func unidentified() {
        var rulebook = Rulebook.sample(.sample())
        rulebook.actors.append(.sample("gang", aliases: ["Unidentified", "Unidentified gang*", "Unidentified?"]))
        rulebook.unidentified += [WildcardPattern(name: "Unidentified")]
        #expect(initiator("Unidentified", in: rulebook)["initiator.actor"] == nil)
        #expect(initiator("Unidentifiedx", in: rulebook)["initiator.actor"] == nil)
        #expect(initiator("Unidentified gang of X", in: rulebook)["initiator.actor"] == "gang")
    }

    @Test("belong to a group from the beginning of a membership up to, not including, its end")
    func datedMembership() {
        #expect(initiator("JuA", at: "2014-08-25T23:59:59")["initiator.party"] == "ttp")
        #expect(initiator("JuA", at: "2014-08-26")["initiator.party"] == "jua")
        #expect(initiator("JuA", at: "2020-08-16")["initiator.party"] == "jua")
        #expect(initiator("JuA", at: "2020-08-17")["initiator.party"] == "ttp")
    }

    @Test("have a lineage: themselves first, the outermost group last")
    func lineage() {
        #expect(initiator("wing", at: "2014-08-01")["initiator.lineage"] == ["wing", "jua", "ttp"])
        #expect(initiator("wing", at: "2014-08-01")["initiator.party"] == "ttp")
        #expect(initiator("wing", at: "2015-08-01")["initiator.lineage"] == ["wing", "jua"])
    }

    @Test("take their party from the first of several memberships, and their lineage from all")
    func severalMemberships() {
        var rulebook = Rulebook()
        rulebook.actors = [
            .sample("a", in: [.sample(1), .sample(2)]), .sample("b", in: [.sample(3)]), .sample("c"),
            .sample("d", in: [.sample(2)]),
        ]
        #expect(initiator("a", in: rulebook)["initiator.party"] == "c")
        #expect(initiator("a", in: rulebook)["initiator.lineage"] == ["a", "b", "d", "c"])
    }

    @Test("are not guessed: an unresolved name has no actor and is listed")
    func unresolved() {
        #expect(initiator("Lashkar-e-X") == [:])
        var schema = Schema()
        let judge = Judge(rulebook: .sample(), timeZone: .utc, schema: &schema)
        var symbols = SymbolTable()
        let expected: [(Value, [String])] = [
            ("Lashkar-e-X", ["Lashkar-e-X"]), ("TTP", []), ("Unidentified gunmen", []), (.absent, []),
            ("TTP and/or Lashkar-e-X", ["Lashkar-e-X"]), (["Foo", "Bar", "JuA"], ["Foo", "Bar"]),
        ]
        for (name, names) in expected {
            let symbol = symbols.intern(name)
            let found = judge.unresolvedNames(in: symbol, symbols: symbols)
            let isUnresolved = judge.isUnresolved(name: symbol, symbols: symbols)
            #expect(found == names)
            #expect(isUnresolved == !names.isEmpty)
        }
    }

    @Test("are several candidates where a name says and/or, or is a list")
    func candidates() {
        #expect(initiator("TTP and/or Ahrar-ul-Hind")["initiator.actor"] == ["ttp", "auh"])
        #expect(initiator(["JuA", "TTP"])["initiator.actor"] == ["jua", "ttp"])
        #expect(initiator(["JuA", "TTP"])["initiator.party"] == "ttp")
        #expect(initiator("TTP and/or Lashkar-e-X")["initiator.actor"] == "ttp")
    }

    @Test("are found for initiator, target and speaker")
    func everyField() {
        let fields = judged(["time": "2014-03-01", "target": "Pakistan Army", "by": "JuA"], by: .sample())
        #expect(fields["target.actor"] == "pakistan")
        #expect(fields["target.kind"] == "state")
        #expect(fields["by.party"] == "ttp")
        #expect(fields["initiator.actor"] == nil)
    }

    @Test("cost nothing where no rule asks for them")
    func idle() {
        var schema = Schema()
        let judge = Judge(rulebook: .sample(), timeZone: .utc, schema: &schema)
        let isIdle = judge.isIdle
        #expect(isIdle)
        #expect(schema.columns.isEmpty)
    }
}
