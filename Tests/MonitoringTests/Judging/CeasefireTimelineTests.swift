import Events
import Rulebook
import Testing

@testable import Monitoring

@Suite("A ceasefire's phases")
struct CeasefireTimelineTests {
    private func timeline(
        effective: String? = "2014-03-01", until: String? = nil, _ acts: Ceasefire.Act..., stream: [Ceasefire.Act] = []
    ) -> CeasefireTimeline {
        CeasefireTimeline(
            .sample(effective: effective, until: until, acts: acts),
            streamActs: stream.map { DatedAct(at: $0.at, act: $0.act, until: $0.until) })
    }

    /// The phases from day to day, such as `before, 2014-03-01 in_force`.
    private func text(_ timeline: CeasefireTimeline) -> String {
        var parts: [String] = []
        var last: CeasefirePhase?
        for span in timeline.spans where span.phase != last {
            let day = span.start == .distantPast ? "" : InstantText.utc(span.start).prefix(10) + " "
            parts.append(day + span.phase.rawValue)
            last = span.phase
        }
        return parts.joined(separator: ", ")
    }

    @Test("are before, in force from its beginning, and after from its end")
    func plain() {
        #expect(text(timeline()) == "before, 2014-03-01 in_force")
        let finite = timeline(until: "2014-04-01")
        #expect(text(finite) == "before, 2014-03-01 in_force, 2014-04-01 after")
        #expect(finite.span(at: instant("2014-03-31T23:59:59")).phase == .inForce)
        #expect(finite.span(at: instant("2014-04-01")).phase == .after)
        #expect(finite.span(at: instant("2014-03-10")).until == instant("2014-04-01"))
    }

    @Test("stay before where nobody declares it")
    func undeclared() {
        #expect(text(timeline(effective: nil, until: "2014-04-01")) == "before")
    }

    @Test("go on where it is extended by its end, at that instant too")
    func extended() {
        for at in ["2014-03-20", "2014-04-01"] {
            let extended = timeline(until: "2014-04-01", .sample(at, .extended, until: "2014-04-11"))
            #expect(text(extended) == "before, 2014-03-01 in_force, 2014-04-11 after")
            #expect(extended.refusals.isEmpty)
        }
    }

    @Test("have a gap where it is extended after its end, as from 1 to 4 April 2014")
    func gap() {
        let late = timeline(
            until: "2014-04-01", .sample("2014-04-04", .extended, until: "2014-04-11"), .sample("2014-04-16", .ended))
        #expect(
            text(late) == "before, 2014-03-01 in_force, 2014-04-01 after, 2014-04-04 in_force, 2014-04-11 after")
        #expect(late.span(at: instant("2014-04-05")).effective == instant("2014-03-01"))
        #expect(late.refusals.map(\.reason) == ["the ceasefire had ended"])
    }

    @Test("end at their end, which an act at that instant confirms without a warning")
    func confirmed() {
        let confirmed = timeline(until: "2014-04-01", .sample("2014-04-01", .ended))
        #expect(text(confirmed) == "before, 2014-03-01 in_force, 2014-04-01 after")
        #expect(confirmed.refusals.isEmpty)
        // Any other act is too late by then.
        let late = timeline(until: "2014-04-01", .sample("2014-04-01", .suspended))
        #expect(late.refusals.map(\.reason) == ["the ceasefire had ended"])
    }

    @Test("run on towards the end while it is suspended")
    func suspended() {
        let resumed = timeline(
            until: "2014-04-01", .sample("2014-03-05", .suspended), .sample("2014-03-08", .resumed))
        #expect(
            text(resumed)
                == "before, 2014-03-01 in_force, 2014-03-05 suspended, 2014-03-08 in_force, 2014-04-01 after")
        let lapsed = timeline(until: "2014-04-01", .sample("2014-03-05", .suspended))
        #expect(text(lapsed) == "before, 2014-03-01 in_force, 2014-03-05 suspended, 2014-04-01 after")
        let extended = timeline(
            until: "2014-04-01", .sample("2014-03-05", .suspended),
            .sample("2014-03-06", .extended, until: "2014-05-01"))
        #expect(text(extended) == "before, 2014-03-01 in_force, 2014-03-05 suspended, 2014-05-01 after")
    }

    @Test("end when somebody ends it")
    func ended() {
        #expect(text(timeline(.sample("2014-03-10", .ended))) == "before, 2014-03-01 in_force, 2014-03-10 after")
    }

    @Test("begin where the stream declares it, which sets its beginning")
    func declared() {
        let declared = timeline(
            effective: nil, stream: [.sample("2014-03-03", .declared, until: "2014-04-01")])
        #expect(text(declared) == "before, 2014-03-03 in_force, 2014-04-01 after")
        #expect(declared.span(at: instant("2014-03-05")).effective == instant("2014-03-03"))
        let again = timeline(
            .sample("2014-03-10", .ended), .sample("2014-03-15", .declared, until: "2014-03-20"))
        #expect(
            text(again) == "before, 2014-03-01 in_force, 2014-03-10 after, 2014-03-15 in_force, 2014-03-20 after")
        #expect(again.span(at: instant("2014-03-16")).effective == instant("2014-03-15"))
    }

    @Test("follow the rule book's beginning and end as a declaration like any other")
    func declaredByTheBook() {
        // It does not fit while an earlier declaration stands, which names no end and so has none.
        let early = timeline(
            effective: "2014-03-10", until: "2014-03-20", stream: [.sample("2014-03-05", .declared)])
        #expect(text(early) == "before, 2014-03-05 in_force")
        #expect(early.span(at: instant("2014-03-12")).effective == instant("2014-03-05"))
        #expect(early.refusals.map(\.act.at) == [instant("2014-03-10")])
        // It fits where the earlier one has ended.
        let before = timeline(
            effective: "2014-03-10", until: "2014-03-20",
            stream: [.sample("2014-03-05", .declared, until: "2014-03-07")])
        #expect(
            text(before) == "before, 2014-03-05 in_force, 2014-03-07 after, 2014-03-10 in_force, 2014-03-20 after")
        #expect(before.refusals.isEmpty)
        // An end without a beginning declares nothing.
        let late = timeline(effective: nil, until: "2014-03-20", stream: [.sample("2014-03-10", .declared)])
        #expect(text(late) == "before, 2014-03-10 in_force")
    }

    @Test("are not changed by a declaration while it is in force or suspended, which is a warning")
    func declaredTwice() {
        let twice = timeline(.sample("2014-03-02", .declared, until: "2014-03-05"))
        #expect(text(twice) == "before, 2014-03-01 in_force")
        #expect(twice.refusals.map(\.reason) == ["the ceasefire was in force"])
    }

    @Test("take the latest end of several declarations of one instant, that of the rule book among them")
    func declaredAtOnce() {
        for (book, stream, end) in [
            ("2014-03-10", "2014-03-20", "2014-03-20"), ("2014-03-20", "2014-03-10", "2014-03-20"),
            ("2014-03-20", nil, nil), (nil, "2014-03-20", nil),
        ] as [(String?, String?, String?)] {
            let both = timeline(until: book, stream: [.sample("2014-03-01", .declared, until: stream)])
            #expect(text(both) == "before, 2014-03-01 in_force" + (end.map { ", \($0) after" } ?? ""))
            #expect(both.refusals.isEmpty)
        }
    }

    @Test("are not changed by an extension to an instant not later than the act")
    func extendedToThePast() {
        let past = timeline(until: "2014-04-01", .sample("2014-04-04", .extended, until: "2014-04-04"))
        #expect(text(past) == "before, 2014-03-01 in_force, 2014-04-01 after")
        #expect(past.refusals.count == 1)
    }

    @Test("are open where an extension names no end")
    func indefinitely() {
        let open = timeline(until: "2014-04-01", .sample("2014-03-30", .extended))
        #expect(text(open) == "before, 2014-03-01 in_force")
    }

    @Test("follow acts of one instant in the order declared, extended, resumed, suspended, ended")
    func oneInstant() {
        let acts: [Ceasefire.Act] = [
            .sample("2014-03-01", .ended), .sample("2014-03-01", .suspended), .sample("2014-03-01", .resumed),
            .sample("2014-03-01", .extended, until: "2014-05-01"), .sample("2014-03-01", .declared),
        ]
        let all = timeline(effective: nil, stream: acts)
        #expect(text(all) == "before, 2014-03-01 after")
        #expect(all.refusals.map(\.act.act) == [.resumed])
    }

    @Test("take the later end of two extensions of one instant, in whatever order they come")
    func twoExtensions() {
        let acts: [Ceasefire.Act] = [
            .sample("2014-03-20", .extended, until: "2014-04-20"),
            .sample("2014-03-20", .extended, until: "2014-04-10"),
        ]
        for order in [acts, acts.reversed()] {
            #expect(
                text(timeline(until: "2014-04-01", stream: order)) == "before, 2014-03-01 in_force, 2014-04-20 after")
        }
    }

    @Test("are not changed by acts that do not fit")
    func unfitting() {
        let odd = timeline(
            .sample("2014-02-01", .ended), .sample("2014-02-02", .extended, until: "2014-05-01"),
            .sample("2014-02-03", .suspended), .sample("2014-03-05", .resumed), .sample("2014-03-07", .suspended),
            .sample("2014-03-08", .suspended))
        #expect(text(odd) == "before, 2014-03-01 in_force, 2014-03-07 suspended")
        #expect(odd.refusals.map(\.act.act) == [.ended, .extended, .suspended, .resumed, .suspended])
    }

    @Test("do not depend on the order in which acts become known")
    func anyOrder() {
        let acts: [Ceasefire.Act] = [
            .sample("2014-03-05", .suspended), .sample("2014-03-08", .resumed), .sample("2014-03-20", .ended),
            .sample("2014-03-22", .extended, until: "2014-04-04"), .sample("2014-03-08", .suspended),
            .sample("2014-03-05", .suspended), .sample("2014-04-04", .declared), .sample("2014-04-04", .ended),
        ]
        let expected = timeline(until: "2014-04-01", stream: acts)
        let seed: UInt64 = 3
        var random = SeededRandom(seed: seed)
        for round in 0..<200 {
            let other = timeline(until: "2014-04-01", stream: acts.shuffled(using: &random))
            #expect(other.spans == expected.spans, "seed \(seed), round \(round)")
            #expect(other.refusals == expected.refusals, "seed \(seed), round \(round)")
        }
    }

    @Test("warn of acts that do not fit in sentences that name ceasefire, act and instant")
    func warnings() {
        var schema = Schema()
        var judge = Judge(rulebook: .sample(.sample("ttp-2014")), timeZone: .utc, schema: &schema)
        let act = StreamAct(ceasefire: 0, at: instant("2014-03-05T09:00"), act: .resumed, until: nil)
        judge.add(act)
        let warnings = judge.actWarnings()
        #expect(
            warnings == [
                "The act 'resumed' of ceasefire 'ttp-2014' at 2014-03-05T09:00:00Z has no effect: the ceasefire was in force."
            ])
        judge.remove(act)
        let left = judge.actWarnings()
        let phases = judge.phases(of: 0)
        #expect(left == [])
        #expect(phases.map(\.phase) == [.before, .inForce])
    }
}
