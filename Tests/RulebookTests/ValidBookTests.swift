import Events
import Testing

@testable import Rulebook

@Suite("A rule book that SPEC.md shows loads as it is")
struct ValidBookTests {
    private static let book = """
        actors:
          - id: ttp
            name: Tehrik-i-Taliban Pakistan
            kind: armed_group
            aliases: ["TTP", "Pakistani Taliban", "Tehreek*Taliban Pakistan"]
          - id: jua
            name: Jamaat-ul-Ahrar
            kind: armed_group
            member_of:
              - {actor: ttp, until: 2014-08-26}
              - {actor: ttp, from: 2020-08-17}
          - {id: pakistan, kind: state}
        ---
        unidentified: ["Unidentified*", "Unknown*"]
        ---
        ceasefire:
          id: ttp-2014
          title: One-month ceasefire declared by the TTP
          parties:
            - {side: state, actors: [pakistan]}
            - {side: ttp, actors: [ttp]}
          effective: 2014-03-01T00:00:00+05:00
          until: 2014-04-01T00:00:00+05:00
          acts:
            - {at: 2014-04-16T00:00:00+05:00, act: ended, by: ttp}
            - {at: 2014-04-01T00:00:00+05:00, act: extended, until: 2014-04-11T00:00:00+05:00}
          area: {country: Pakistan}
          prohibits: {type: [attack, bombing, ambush, shelling, abduction]}
          protects: [parties, civilians]
        ---
        profile:
          name: field-office
          fields: {time: Date of incident, type: Category, initiator: Perpetrator, admin2: District}
          values: {type: {IED: bombing, "Armed assault": attack}}
          defaults: {attribution: alleged}
          time-zone: Asia/Karachi
          date-format: dd/MM/yyyy
        ---
        title: A breach
        name: breach
        level: low
        detection:
          breach: {breach: [confirmed, alleged]}
          condition: breach
        ---
        title: Breaches pile up in a district
        id: breach-cluster
        level: high
        tags: [truce]
        runbook: call the joint committee
        cooldown: 2d
        correlation:
          type: event_count
          rules: breach
          group-by: [admin2]
          timespan: 7d
          condition: {gte: 3}
        """

    @Test("\"actors\", \"unidentified\", \"ceasefire\", \"profile\" and rules, in several documents of a file")
    func wholeBook() throws {
        let (loaded, diagnostics) = load(Self.book)
        #expect(diagnostics == [])
        let book = try #require(loaded)
        #expect(book.actors.map(\.id) == ["ttp", "jua", "pakistan"])
        #expect(book.actors[1].memberships.map(\.until).first == Instant(milliseconds: 1_409_011_200_000))
        #expect(book.actors[1].memberships.last?.until == .distantFuture)
        #expect(book.unidentified.count == 2)
        #expect(book.ceasefires[0].parties.map(\.actors) == [[2], [0]])
        #expect(book.ceasefires[0].acts.map(\.act) == [.extended, .ended])
        #expect(book.ceasefires[0].area?.sketch == "country like '[Pakistan]'")
        #expect(book.profiles[0].values["type"]?["IED"] == "bombing")
        #expect(book.rules.map(\.name) == ["breach", "breach-cluster"])
        #expect(book.rules.map(\.raisesAlerts) == [false, true])
        #expect(book.rules[1].options.cooldown.milliseconds == 2 * 86_400_000)
    }
}
