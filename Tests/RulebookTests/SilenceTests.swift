import Diagnostics
import Events
import Testing

@testable import Rulebook

@Suite("Silences, inhibitions and risks as documents")
struct SilenceTests {
    private static let rules = """
        title: A
        id: a
        name: first
        level: high
        detection: {s: {type: x}, condition: s}
        ---
        title: B
        detection: {s: {type: y}, condition: s}
        ---

        """

    @Test("Matchers are written as in Alertmanager, or as a mapping with lists")
    func matchers() throws {
        let text =
            SilenceTests.rules + """
                silence:
                  - matchers: ['rule="first"', ' level =~ "high|low" ', tags!=truce, 'admin2!~"Pesh.*\\d"', place="say \\"x\\""]
                  - matchers: {rule: [a, B], level: high, admin2: Peshawar, zone: 7, place: null}
                    from: 2014-03-01
                    until: 2014-03-02T12:00:00+05:00
                    reason: the office moves
                """
        let (rulebook, diagnostics) = load(text)
        #expect(diagnostics.isEmpty)
        let silences = try #require(rulebook?.silences)
        #expect(
            silences.map { $0.matchers.map(\.sketch) } == [
                [
                    "rule = [\"a\"]", "level ~ \\A(?:high|low)\\z", "tags != [\"truce\"]",
                    "admin2 !~ \\A(?:Pesh.*\\d)\\z", "place = [\"say \\\"x\\\"\"]",
                ],
                [
                    "rule = [\"a\", \"B\"]", "level = [\"high\"]", "admin2 = [\"Peshawar\"]", "zone = [\"7\"]",
                    "place = [\"\"]",
                ],
            ])
        #expect(silences[0].from == nil && silences[0].until == nil)
        #expect(silences[1].from == Instant(milliseconds: 1_393_632_000_000))
        #expect(silences[1].until == Instant(milliseconds: 1_393_743_600_000))
        #expect(silences[1].reason == "the office moves")
    }

    @Test("A property that an alert lacks counts as the empty text, and of several tags one is enough")
    func passing() {
        let isTruce = AlertMatcher(.tags, .isOne(of: ["truce"]))
        let isNotTruce = AlertMatcher(.tags, .isOne(of: ["truce"]), isNegated: true)
        #expect(isTruce.passes(["war", "truce"]) && !isTruce.passes(["war"]) && !isTruce.passes([]))
        #expect(!isNotTruce.passes(["war", "truce"]) && isNotTruce.passes(["war"]) && isNotTruce.passes([]))
        #expect(AlertMatcher(.group("x"), .isOne(of: [""])).passes([]))
        #expect(!AlertMatcher(.group("x"), .isOne(of: ["Peshawar"])).passes(["peshawar"]))
    }

    @Test("An expression must match the whole text")
    func wholeText() throws {
        let (rulebook, _) = load(SilenceTests.rules + "silence: {matchers: ['admin2=~\"Swat|Dir\"']}")
        let matcher = try #require(rulebook?.silences.first?.matchers.first)
        #expect(matcher.passes(["Swat"]) && matcher.passes(["Dir"]))
        #expect(!matcher.passes(["Upper Dir"]) && !matcher.passes(["Swat valley"]) && !matcher.passes([]))
    }

    @Test("An inhibition has a source, a target and what is to be equal")
    func inhibition() throws {
        let text =
            SilenceTests.rules + "inhibit: {source: {rule: a}, target: ['level!=\"high\"'], equal: [admin2, level]}"
        let inhibition = try #require(load(text).rulebook?.inhibitions.first)
        #expect(inhibition.source.map(\.sketch) == ["rule = [\"a\"]"])
        #expect(inhibition.target.map(\.sketch) == ["level != [\"high\"]"])
        #expect(inhibition.equal == [.group("admin2"), .level])
    }

    @Test("A risk gives points by level or rule, the rule's before the level's, and thresholds by name")
    func risk() throws {
        let text =
            SilenceTests.rules + """
                risk:
                  title: Strain on a ceasefire
                  id: strain
                  level: high
                  entity: ceasefire
                  half_life: 7d
                  points: {high: 4, medium: 1.5, first: 6}
                  thresholds: {strained: 10, collapsing: {score: 25, level: critical}}
                """
        let (rulebook, diagnostics) = load(text)
        #expect(diagnostics.isEmpty)
        let risk = try #require(rulebook?.risks.first)
        #expect(risk.name == "strain" && risk.entity == "ceasefire")
        #expect(risk.halfLife == Timespan(milliseconds: 7 * 86_400_000))
        #expect(risk.points == [6, 1.5])
        #expect(risk.thresholds.map(\.name) == ["strained", "collapsing"])
        #expect(risk.thresholds.map(\.score) == [10, 25])
        #expect(risk.thresholds.map(\.level) == [.high, .critical])
    }

    @Test("A silence can name a risk as it names a rule")
    func silencedRisk() throws {
        let risk = "risk: {title: R, id: r, entity: x, half_life: 1d, points: {high: 1}, thresholds: {t: 1}}\n---\n"
        let (rulebook, diagnostics) = load(SilenceTests.rules + risk + "silence: {matchers: {rule: r}}")
        #expect(diagnostics.isEmpty && rulebook?.silences.count == 1)
    }
}

extension AlertMatcher {
    fileprivate var sketch: String {
        let mark = isNegated ? "!" : ""
        return switch test {
        case .isOne(let texts): "\(property.name) \(mark)= \(texts)"
        case .matches(let expression): "\(property.name) \(mark)~ \(expression.pattern)"
        }
    }
}
