import Events
import Monitoring
import Rulebook
import Testing

/// The twin's verdicts and its records in force, on cases by hand.
struct TwinJudgeTests {
    private var book: Rulebook {
        var book = Rulebook()
        book.actors = [
            TwinBooks.actor("pakistan", .state),
            TwinBooks.actor("ttp", .armedGroup, aliases: ["Pakistani Taliban", "Tehreek*Taliban Pakistan"]),
            TwinBooks.actor(
                "jua", .armedGroup,
                memberships: [.init(group: 1, from: .distantPast, until: TwinBooks.instant(100))]),
            TwinBooks.actor("isk", .armedGroup), TwinBooks.actor("civilians", .civilians),
        ]
        book.unidentified = [TwinBooks.pattern("Unidentified*")]
        book.ceasefires = [
            Ceasefire(
                id: "truce", title: nil, parties: [.init(side: "state", actors: [0]), .init(side: "ttp", actors: [1])],
                effective: TwinBooks.instant(24), until: TwinBooks.instant(240), acts: [], area: nil, prohibits: nil,
                protectsParties: true, protectsCivilians: true, location: TwinBooks.nowhere)
        ]
        return book
    }

    private func judged(_ hour: Double, _ fields: [String: Value], until: Double? = nil) -> [String: Value] {
        let event = TwinEvent(
            id: "e", time: TwinBooks.instant(hour), timeEnd: until.map(TwinBooks.instant), fields: fields)
        return TwinJudge(rulebook: book, events: [event]).fields(of: event)
    }

    @Test(
        arguments: [
            ("ttp", "pakistan", "claimed", "confirmed"),
            ("Tehreek-e-Taliban Pakistan", "civilians", "denied", "disputed"),
            ("jua", "pakistan", nil, "alleged"), ("Unidentified gunmen", "pakistan", nil, "unattributed"),
            ("Some group", "civilians", nil, "unresolved"), ("isk", "pakistan", nil, "spoiler"),
            ("ttp", "isk", nil, nil),
            ("ttp", "jua", nil, nil), ("ttp", "Some group", "claimed", "confirmed"),
            ("ttp and/or isk", "pakistan", "claimed", "spoiler"),
        ] as [(String, String, String?, String?)])
    func verdicts(initiator: String, target: String, attribution: String?, verdict: String?) {
        var fields: [String: Value] = ["initiator": .text(initiator), "target": .text(target)]
        fields["attribution"] = attribution.map(Value.text)
        #expect(judged(48, fields)["breach"] == verdict.map(Value.text))
    }

    @Test func aClashIsBetweenTwoSides() {
        let parties: [String: Value] = [
            "initiator": .text("ttp"), "target": .text("pakistan"), "mutual": .boolean(true),
        ]
        #expect(judged(48, parties)["breach"] == .text("clash"))
        #expect(judged(48, parties)["breach.side"] == nil)
        #expect(judged(10, parties)["breach"] == nil)
    }

    @Test func membershipIsDated() {
        let attack: [String: Value] = ["initiator": .text("jua"), "target": .text("pakistan")]
        #expect(judged(99, attack)["breach.side"] == .text("ttp"))
        #expect(judged(100, attack)["breach"] == .text("spoiler"))
        #expect(judged(99, attack)["initiator.party"] == .text("ttp"))
        #expect(judged(100, attack)["initiator.party"] == .text("jua"))
    }

    @Test func overlapIsThreeValued() {
        let attack: [String: Value] = ["initiator": .text("ttp")]
        #expect(judged(24, attack, until: 48)["ceasefire.overlap"] == .text("inside"))
        #expect(judged(216, attack, until: 240)["ceasefire.overlap"] == .text("inside"))
        #expect(judged(20, attack, until: 44)["ceasefire.overlap"] == .text("straddles"))
        #expect(judged(0, attack, until: 24)["ceasefire.overlap"] == nil)
        #expect(judged(60, attack)["ceasefire.day"] == .number(1))
        #expect(judged(265, attack)["ceasefire.days_after"] == .number(1))
    }

    @Test(
        arguments: [
            ([.extended], 240, 300, 250, "in_force"), ([.extended], 241, 300, 240, "after"),
            ([.extended], 241, 300, 241, "in_force"), ([.suspended], 30, nil, 100, "suspended"),
            ([.suspended], 30, nil, 240, "after"), ([.ended, .suspended, .resumed], 30, nil, 30, "after"),
            ([.declared], 240, 300, 250, "in_force"), ([.declared], 30, 40, 50, "in_force"),
            ([.extended], 100, 90, 200, "in_force"), ([.extended], 240, nil, 900, "in_force"),
            ([.declared], 20, nil, 900, "in_force"), ([.declared], 24, 300, 250, "in_force"),
            ([.declared], 24, nil, 900, "in_force"), ([.declared], 24, 30, 200, "in_force"),
        ] as [([CeasefireAct], Double, Double?, Double, String)])
    func acts(acts: [CeasefireAct], at: Double, until: Double?, time: Double, phase: String) {
        let history = TwinTruceHistory(
            ceasefire: book.ceasefires[0],
            streamActs: acts.map {
                .init(at: TwinBooks.instant(at), act: $0, until: until.map(TwinBooks.instant))
            })
        #expect(history.stretch(at: TwinBooks.instant(time)).phase.rawValue == phase)
    }

    @Test func theHighestRevisionIsInForceAndWithoutOneTheLaterArrival() {
        func record(_ revision: Double?, _ type: String, withdrawn: Bool = false) -> TwinEvent {
            var event = TwinEvent(id: "e", time: TwinBooks.instant(0), fields: ["type": .text(type)])
            event.revision = revision.map { Revision(kind: .number, value: $0) } ?? .none
            event.withdrawn = withdrawn
            return event
        }
        #expect(Twin.inForce([record(2, "a"), record(1, "b"), record(nil, "c")]) == [record(2, "a")])
        #expect(Twin.inForce([record(nil, "a"), record(nil, "b")]) == [record(nil, "b")])
        #expect(Twin.inForce([record(2, "a", withdrawn: true), record(1, "b")]) == [])
        #expect(Twin.inForce([record(nil, "a", withdrawn: true), record(nil, "b")]) == [record(nil, "b")])
    }

    @Test func theExampleOfTheSpecificationHolds() {
        var book = book
        book.rules = [
            TwinBooks.rule("breach", .detection(TwinBooks.test("breach", .exists(true)))),
            TwinBooks.rule(
                "breach-cluster",
                .correlation(
                    Correlation(
                        pattern: .eventCount, rules: [0], groupBy: [.init(name: "admin2", fieldByRule: nil)],
                        timespan: TwinBooks.hours(168), window: .sliding,
                        condition: NumericCondition([.init(.greaterOrEqual, 3)])))),
        ]
        book.rules[0].raisesAlerts = false
        let events = [0, 48, 96].map { offset in
            TwinEvent(
                id: "e\(offset)", time: TwinBooks.instant(33 + Double(offset)),
                fields: [
                    "initiator": .text("TTP"), "target": .text("civilians"), "admin2": .text("Peshawar"),
                    "attribution": .text("claimed"),
                ])
        }
        let alerts = Twin(rulebook: book).standingAlerts(events: events)
        #expect(alerts.count == 1)
        #expect(alerts.first?.onset == TwinBooks.instant(129))
        #expect(alerts.first?.figure?.value == 3)
        #expect(alerts.first?.end == nil)
        #expect(alerts.first?.evidenceEvents == ["e96", "e48", "e0"])
        #expect(alerts.first?.ceasefire?.day == 4)
        #expect(TwinText.group(alerts.first?.group ?? []) == #"{"admin2":"Peshawar"}"#)
    }
}
