import Events
import Rulebook

/// Draws silences, inhibitions and risks over the rules of a book, and gives the rules levels and tags.
struct TwinAftermathGenerator {
    let base: Instant

    func fill(_ book: inout Rulebook, _ random: inout SplitMix64) {
        for index in book.rules.indices {
            book.rules[index].level = random.pick([.low, .medium, .high])
            if random.chance(40) { book.rules[index].tags = random.pick([["t"], ["u"], ["t", "u"]]) }
        }
        for number in 0..<random.pick([0, 1, 1, 2]) { book.risks.append(risk(number, book.rules, &random)) }
        for _ in 0..<random.pick([0, 0, 1, 2]) { book.silences.append(silence(book, &random)) }
        for _ in 0..<random.pick([0, 1, 1, 2]) {
            book.inhibitions.append(
                Inhibition(
                    source: matchers(book, &random), target: matchers(book, &random),
                    equal: random.pick([
                        [], [], [.group("admin2")], [.group("tag")], [.rule], [.level], [.level, .group("admin2")],
                    ]), location: TwinBooks.nowhere))
        }
    }

    private func silence(_ book: Rulebook, _ random: inout SplitMix64) -> Silence {
        func edge(_ random: inout SplitMix64) -> Instant? {
            random.chance(60) ? base + TwinBooks.hours(Double(6 * random.number(0...40))) : nil
        }
        return Silence(
            matchers: matchers(book, &random), from: edge(&random), until: edge(&random), reason: nil,
            location: TwinBooks.nowhere)
    }

    private func matchers(_ book: Rulebook, _ random: inout SplitMix64) -> [AlertMatcher] {
        (0..<random.pick([1, 1, 2])).map { _ in matcher(book, &random) }
    }

    private func matcher(_ book: Rulebook, _ random: inout SplitMix64) -> AlertMatcher {
        let isNegated = random.chance(25)
        let names = book.rules.map(\.name) + book.risks.map(\.name)
        switch random.number(0...6) {
        case 0, 1:
            return AlertMatcher(.rule, .isOne(of: [random.pick(names), random.pick(names)]), isNegated: isNegated)
        case 2: return AlertMatcher(.level, .isOne(of: [random.pick(["low", "medium", "high"])]), isNegated: isNegated)
        case 3: return AlertMatcher(.tags, .isOne(of: [random.pick(["t", "u", ""])]), isNegated: isNegated)
        case 4: return AlertMatcher(.group("admin2"), .isOne(of: [random.pick(["x", "y", ""])]), isNegated: isNegated)
        case 5:
            return AlertMatcher(.group("tag"), .isOne(of: [random.pick(["1", "one", "true"])]), isNegated: isNegated)
        default:
            guard let expression = try? RegularExpression(pattern: "\\A(?:.*-[01]|risk.*)\\z") else {
                return AlertMatcher(.level, .isOne(of: ["low"]))
            }
            return AlertMatcher(.rule, .matches(expression), isNegated: isNegated)
        }
    }

    private func risk(_ number: Int, _ rules: [Rule], _ random: inout SplitMix64) -> Risk {
        // Thresholds that no sum of points meets exactly, so that its last digit decides nothing.
        let scores = random.pick([[1.37], [2.41, 4.73], [3.19, 1.37]])
        return Risk(
            name: "risk-\(number)", title: "Risk \(number)", tags: random.chance(30) ? ["t"] : [],
            entity: random.pick(["admin2", "admin2", "tag", "ceasefire", "initiator.party"]),
            halfLife: TwinBooks.hours(random.pick([6, 20, 72])),
            points: rules.map { $0.raisesAlerts ? random.pick([0, 1, 1, 2.3, 5]) : 0 },
            thresholds: scores.enumerated().map { index, score in
                .init(name: "threshold-\(index)", score: score, level: random.pick([.low, .high]))
            }, limit: random.number(0...4), location: TwinBooks.nowhere)
    }
}
