import Events
import Rulebook
import Testing

@testable import Monitoring

@Suite("An event among ceasefires")
struct BearingTests {
    private let blow: Fields = ["type": "attack", "initiator": "TTP", "target": "pakistan", "attribution": "claimed"]

    private func judge(_ fields: Fields, _ ceasefires: Ceasefire..., acts: [StreamAct] = []) -> Fields {
        var rulebook = Rulebook.sample()
        rulebook.ceasefires = ceasefires
        return judged(blow.merging(fields) { $1 }, by: rulebook, acts: acts)
    }

    @Test("bears on one if a side is involved, the target is unknown, or is civilians whom it protects")
    func bearing() {
        let bears: [(Value, Value, Bool)] = [
            ("TTP", "auh", true), ("auh", "pakistan", true), ("auh", .absent, true), ("auh", "Foo", true),
            ("auh", "civilians", true), ("auh", "protesters", false), ("Foo", "auh", false),
            (["auh", "JuA"], "protesters", true), ("auh", ["protesters", "Pakistan"], true),
        ]
        for (initiator, target, expected) in bears {
            let fields = judge(["time": "2014-03-02", "initiator": initiator, "target": target], .sample())
            #expect((fields["ceasefire"] == "truce") == expected, "\(initiator) against \(target)")
        }
    }

    @Test("has the day since the beginning, after the end too, and the days since the end")
    func days() {
        let month = Ceasefire.sample(until: "2014-04-01")
        let early = judge(["time": "2014-02-28"], month)
        #expect(early["ceasefire.phase"] == "before")
        #expect(early["ceasefire.day"] == nil)
        #expect(judge(["time": "2014-03-01"], month)["ceasefire.day"] == 0)
        #expect(judge(["time": "2014-03-01T23:59:59"], month)["ceasefire.day"] == 0)
        #expect(judge(["time": "2014-03-02"], month)["ceasefire.day"] == 1)
        #expect(judge(["time": "2014-03-02"], month)["ceasefire.days_after"] == nil)
        let late = judge(["time": "2014-04-03T12:00"], month)
        #expect(late["ceasefire.phase"] == "after")
        #expect(late["ceasefire.day"] == 33)
        #expect(late["ceasefire.days_after"] == 2)
        #expect(late["breach"] == nil)
    }

    @Test("is no breach in the gap of 1 to 4 April 2014, and one after it")
    func gap() {
        let truce = Ceasefire.sample(
            until: "2014-04-01", acts: [.sample("2014-04-04", .extended, until: "2014-04-11")])
        let expected: [(String, Value, Value?)] = [
            ("2014-03-31T23:59", "in_force", "confirmed"), ("2014-04-02", "after", nil),
            ("2014-04-03T23:59", "after", nil), ("2014-04-04", "in_force", "confirmed"),
            ("2014-04-09", "in_force", "confirmed"), ("2014-04-11", "after", nil),
        ]
        for (time, phase, breach) in expected {
            let fields = judge(["time": .text(time)], truce)
            #expect(fields["ceasefire.phase"] == phase, "\(time)")
            #expect(fields["breach"] == breach, "\(time)")
        }
    }

    @Test("is judged by the acts of the stream, and otherwise once they are taken out")
    func streamActs() {
        let ended = StreamAct(ceasefire: 0, at: instant("2014-03-10"), act: .ended, until: nil)
        #expect(judge(["time": "2014-03-14"], .sample())["breach"] == "confirmed")
        #expect(judge(["time": "2014-03-14"], .sample(), acts: [ended])["ceasefire.phase"] == "after")
        let declared = StreamAct(ceasefire: 0, at: instant("2014-03-10"), act: .declared, until: nil)
        let fields = judge(["time": "2014-03-14"], .sample(effective: nil), acts: [declared])
        #expect(fields["ceasefire.day"] == 4)
        #expect(fields["breach"] == "confirmed")
    }

    @Test("lies inside, straddles, or has no overlap with the time in force")
    func overlap() {
        let month = Ceasefire.sample(until: "2014-04-01", acts: [.sample("2014-04-04", .extended, until: "2014-05-01")])
        let cases: [(String, String, Value?)] = [
            ("2014-03-01", "2014-04-01", "inside"), ("2014-02-28T12:00", "2014-03-01T12:00", "straddles"),
            ("2014-02-27", "2014-03-01", nil), ("2014-03-31", "2014-04-02", "straddles"),
            ("2014-03-31", "2014-04-10", "straddles"), ("2014-04-01", "2014-04-04", nil),
            ("2014-04-01", "2014-04-04T00:00:01", "straddles"), ("2014-03-05", "2014-03-05", "inside"),
            ("2014-04-02", "2014-04-02", nil),
        ]
        for (start, end, expected) in cases {
            let fields = judge(["time": .text(start), "time_end": .text(end)], month)
            #expect(fields["ceasefire.overlap"] == expected, "\(start) to \(end)")
        }
    }

    @Test("takes the ceasefire in force before a suspended, the last to have ended and the next to come")
    func phases() {
        let current = Ceasefire.sample("d-current", effective: "2014-03-05", until: "2014-03-20")
        let suspended = Ceasefire.sample(
            "c-suspended", effective: "2014-03-01", acts: [.sample("2014-03-02", .suspended)])
        let longPast = Ceasefire.sample("a-past", effective: "2013-01-01", until: "2013-02-01")
        let past = Ceasefire.sample("b-past", effective: "2012-01-01", until: "2013-06-01")
        let next = Ceasefire.sample("f-next", effective: "2014-06-01")
        let far = Ceasefire.sample("e-far", effective: "2015-06-01")
        let never = Ceasefire.sample("0-never", effective: nil)
        func chosen(_ ceasefires: [Ceasefire]) -> Value? {
            var rulebook = Rulebook.sample()
            rulebook.ceasefires = ceasefires
            return judged(blow.merging(["time": "2014-03-14"]) { $1 }, by: rulebook)["ceasefire"]
        }
        var ceasefires = [never, far, next, longPast, past, suspended, current]
        for expected in ["d-current", "c-suspended", "b-past", "a-past", "f-next", "e-far", "0-never"] {
            #expect(chosen(ceasefires) == .text(expected))
            #expect(chosen(ceasefires.reversed()) == .text(expected))
            ceasefires.removeAll { $0.id == expected }
        }
        #expect(chosen([]) == nil)
    }

    @Test("takes the strongest breach among several in force, then the later beginning, then the smaller id")
    func strongest() {
        let others = [
            Ceasefire.Party(side: "state", actors: [0]), Ceasefire.Party(side: "auh", actors: [3]),
        ]
        let weak = Ceasefire.sample("a", effective: "2014-03-05", parties: others)
        let strong = Ceasefire.sample("b", effective: "2014-03-01")
        #expect(judge(["time": "2014-03-14"], weak, strong)["ceasefire"] == "b")
        let later = Ceasefire.sample("c", effective: "2014-03-02")
        #expect(judge(["time": "2014-03-14"], strong, later)["ceasefire"] == "c")
        let same = Ceasefire.sample("d", effective: "2014-03-02")
        #expect(judge(["time": "2014-03-14"], same, later)["ceasefire"] == "c")
    }

    @Test("names the ceasefire of its act, whatever the area")
    func actsAnywhere() {
        let local = Ceasefire.sample("local", area: .field("country", like: "Pakistan"))
        let act = judge(
            ["time": "2014-03-14", "ceasefire": "local", "ceasefire_act": "extended", "country": "Qatar"], .sample(),
            local)
        #expect(act["ceasefire"] == "local")
        #expect(act["ceasefire.day"] == 13)
    }

    @Test("is recognised as an act before and after it is judged")
    func recognised() {
        var schema = Schema()
        var judge = Judge(rulebook: .sample(.sample("a"), .sample("b")), timeZone: .utc, schema: &schema)
        let events: [Fields] = [
            ["time": "2014-03-02", "ceasefire": "b", "ceasefire_act": "extended", "until": "2014-05-01"],
            ["time": "2014-03-02", "ceasefire": "x", "ceasefire_act": "extended"],
            ["time": "2014-03-02", "ceasefire_act": "ended"], ["time": "2014-03-02", "ceasefire": "b"],
            ["time": "2014-03-02", "ceasefire": "b", "ceasefire_act": "broken"],
        ]
        var table = SampleEvents(events, schema: schema)
        let expected = StreamAct(
            ceasefire: 1, at: instant("2014-03-02"), act: .extended, until: instant("2014-05-01"))
        for _ in 0..<3 {
            let acts = events.indices.map { row in
                judge.act(columns: table.columns, times: table.times, row: row, symbols: table.symbols)
            }
            #expect(acts == [expected, nil, nil, nil, nil])
            judge.judge(
                columns: &table.columns, times: table.times, timeEnds: table.timeEnds, rows: 0..<events.count,
                symbols: &table.symbols)
        }
    }

    @Test("shows its ceasefire, phase, day and reason whatever the rules ask for")
    func shown() {
        var schema = Schema()
        let judge = Judge(rulebook: .sample(.sample()), timeZone: .utc, schema: &schema)
        let isIdle = judge.isIdle
        #expect(!isIdle)
        for field in ["ceasefire", "ceasefire.phase", "ceasefire.day", "breach.reason"] {
            #expect(schema.existingIndex(of: ColumnRequest(field)) != nil)
        }
        #expect(schema.existingIndex(of: ColumnRequest("breach")) == nil)
    }

    @Test("has no ceasefire where the rule book has none")
    func none() {
        #expect(judge(["time": "2014-03-14", "ceasefire": "x", "ceasefire_act": "ended"])["ceasefire"] == nil)
    }

    @Test("is judged alike however many ceasefires there are")
    func many() {
        // More than fit into one word of outcomes.
        var rulebook = Rulebook.sample()
        rulebook.ceasefires = (0..<70).map { number in
            .sample("c\(number)", area: .field("admin1", like: "A\(number)"))
        }
        let events = (0..<70).map { blow.merging(["time": "2014-03-14", "admin1": .text("A\($0)")]) { $1 } }
        #expect(judged(events, by: rulebook).map { $0["ceasefire"] } == (0..<70).map { .text("c\($0)") })
    }
}
