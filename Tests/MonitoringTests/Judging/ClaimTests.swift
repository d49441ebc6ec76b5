import Events
import Monitoring
import Testing

/// Section 2, "Claims": what the rules see of an incident about which statements are made.
@Suite("The attribution of an incident that rules see")
struct ClaimTests {
    private static let attack = "{'id':'x','time':'2014-03-03T09:00Z','type':'attack','target':'pakistan'"

    /// A statement about the incident, made so many days later.
    private static func said(_ claim: String, _ by: String, day: Int = 1, id: String? = nil, _ more: String = "")
        -> String
    {
        let name = id ?? "\(claim)-\(by)-\(day)"
        return
            "{'id':'\(name)','time':'2014-03-0\(3 + day)T09:00Z','type':'statement','claim':'\(claim)','by':'\(by)','about':'x'\(more)}"
    }

    private func expect(
        _ expected: String, of incident: String, _ statements: [String], _ location: SourceLocation = #_sourceLocation
    ) throws {
        for order in ClaimSamples.orders(of: [ClaimTests.attack + incident + "}"] + statements) {
            let seen = try ClaimSamples.seen(order)
            #expect(seen == ["x": expected], "\(order)", sourceLocation: location)
        }
    }

    @Test("is disputed if actors of two parties claim it")
    func twoClaim() throws {
        try expect(
            "disputed/-/-/unattributed", of: "",
            [
                ClaimTests.said("claimed", "Ahrar-ul-Hind"), ClaimTests.said("claimed", "Jundullah"),
            ])
        // Of one party they are no rivals.
        try expect(
            "claimed/JuA/ttp/confirmed", of: "",
            [
                ClaimTests.said("claimed", "JuA"), ClaimTests.said("claimed", "TTP", day: 2),
            ])
    }

    @Test("is disputed if a party other than the recorded initiator's claims it")
    func anotherClaims() throws {
        try expect(
            "disputed/TTP/ttp/disputed", of: ",'initiator':'TTP','attribution':'confirmed'",
            [
                ClaimTests.said("claimed", "Ahrar-ul-Hind")
            ])
    }

    @Test("is disputed if within one party it is claimed and denied")
    func claimedAndDenied() throws {
        try expect(
            "disputed/-/-/unattributed", of: "",
            [
                ClaimTests.said("claimed", "JuA"), ClaimTests.said("denied", "TTP"),
            ])
        try expect(
            "disputed/JuA/ttp/disputed", of: ",'initiator':'JuA'",
            [
                ClaimTests.said("claimed", "TTP"), ClaimTests.said("denied", "TTP", day: 2),
            ])
    }

    @Test("is claimed if the initiator's party claims it")
    func claimed() throws {
        try expect(
            "claimed/JuA/ttp/confirmed", of: ",'initiator':'JuA','attribution':'alleged'",
            [
                ClaimTests.said("claimed", "TTP"), ClaimTests.said("denied", "Ahrar-ul-Hind"),
            ])
    }

    @Test(
        "is claimed if the one claiming party does where no initiator is known; the earliest claim, then the smaller id, names it"
    )
    func named() throws {
        try expect(
            "claimed/Ahrar-ul-Hind/auh/spoiler", of: "",
            [
                ClaimTests.said("claimed", "Ahrar-ul-Hind"), ClaimTests.said("denied", "TTP"),
            ])
        try expect(
            "claimed/TTP/ttp/confirmed", of: ",'initiator':'Unknown gunmen'",
            [
                ClaimTests.said("claimed", "JuA", day: 2), ClaimTests.said("claimed", "TTP", day: 1),
            ])
        try expect(
            "claimed/JuA/ttp/confirmed", of: ",'initiator':'Unknown gunmen'",
            [
                ClaimTests.said("claimed", "JuA", id: "a"), ClaimTests.said("claimed", "TTP", id: "b"),
            ])
    }

    @Test("is denied if the initiator's party denies it")
    func denied() throws {
        try expect(
            "denied/JuA/ttp/disputed", of: ",'initiator':'JuA','attribution':'confirmed'",
            [
                ClaimTests.said("denied", "TTP"), ClaimTests.said("accused", "pakistan"),
            ])
    }

    @Test(
        "is alleged if somebody accuses the initiator, and the incident's own attribution is absent or unknown",
        arguments: [
            ("", "alleged"), (",'attribution':'unknown'", "alleged"), (",'attribution':'confirmed'", "confirmed"),
        ])
    func alleged(_ own: String, _ expected: String) throws {
        let breach = expected == "alleged" ? "alleged" : "confirmed"
        // An accusation without target is against the initiator.
        for target in ["", ",'target':'TTP'", ",'target':'Unknown men'"] {
            try expect(
                "\(expected)/JuA/ttp/\(breach)", of: ",'initiator':'JuA'" + own,
                [
                    ClaimTests.said("accused", "pakistan", target)
                ])
        }
        let untouched = own.isEmpty ? "-" : expected == "confirmed" ? "confirmed" : "unknown"
        try expect(
            "\(untouched)/JuA/ttp/\(breach)", of: ",'initiator':'JuA'" + own,
            [
                ClaimTests.said("accused", "pakistan", ",'target':'Jundullah'")
            ])
    }

    @Test("is else the incident's own")
    func own() throws {
        try expect(
            "confirmed/JuA/ttp/confirmed", of: ",'initiator':'JuA','attribution':'confirmed'",
            [
                ClaimTests.said("condemned", "TTP"), ClaimTests.said("denied", "Jundullah"),
            ])
        try expect(
            "-/-/-/unattributed", of: "",
            [
                ClaimTests.said("denied", "TTP"), ClaimTests.said("accused", "pakistan", ",'target':'TTP'"),
            ])
    }

    @Test("does not follow from a statement by an unidentified name")
    func unidentified() throws {
        try expect("-/-/-/unattributed", of: "", [ClaimTests.said("claimed", "Unknown caller")])
        try expect(
            "claimed/TTP/ttp/confirmed", of: "",
            [
                ClaimTests.said("claimed", "Unknown caller"), ClaimTests.said("claimed", "TTP", day: 2),
            ])
    }

    @Test("stays a mutual record's own")
    func mutual() throws {
        try expect(
            "alleged/TTP/ttp/clash", of: ",'initiator':'TTP','mutual':true,'attribution':'alleged'",
            [
                ClaimTests.said("claimed", "TTP"), ClaimTests.said("claimed", "Jundullah"),
            ])
    }

    @Test("takes one of several candidates' parties to be enough")
    func candidates() throws {
        // The list of parties puts the alert into a group for each.
        for order in ClaimSamples.orders(of: [
            ClaimTests.attack + ",'initiator':'TTP and/or Jundullah'}", ClaimTests.said("claimed", "Jundullah"),
        ]) {
            #expect(try ClaimSamples.run(order).standing.map { $0.group[0].value } == ["claimed", "claimed"])
        }
        try expect(
            "claimed/TTP/ttp/confirmed", of: "",
            [
                ClaimTests.said("claimed", "TTP"), ClaimTests.said("claimed", "Jundullah and/or TTP", day: 2),
            ])
    }

    @Test("has parties as of the incident's time, and an unresolved name as a party of its own")
    func parties() throws {
        let later = "{'id':'x','time':'2014-11-02T09:00Z','type':'attack'}"
        let claims = [
            ClaimTests.said("claimed", "JuA").replacingMarch, ClaimTests.said("claimed", "TTP", day: 2).replacingMarch,
        ]
        for order in ClaimSamples.orders(of: [later] + claims) {
            // In November 2014 JuA had left.
            #expect(try ClaimSamples.seen(order) == ["x": "disputed/-/-/-"])
        }
        try expect(
            "claimed/Mahar Mehsud group/-/unresolved", of: "",
            [
                ClaimTests.said("claimed", "Mahar Mehsud group"),
                ClaimTests.said("claimed", "MAHAR Mehsud Group", day: 2),
            ])
        try expect(
            "disputed/-/-/unattributed", of: "",
            [
                ClaimTests.said("claimed", "Mahar Mehsud group"), ClaimTests.said("claimed", "JuA", day: 2),
            ])
    }
}

extension String {
    /// The same a few months later, when the memberships are others.
    fileprivate var replacingMarch: String { replacing("2014-03-0", with: "2014-11-0") }
}
