import Events
import Rulebook

/// Draws statistics.
enum TwinStatisticGenerator {
    static func fill(_ book: inout Rulebook, _ random: inout SplitMix64) {
        for number in 0..<random.number(1...3) { book.statistics.append(statistic(number, book, &random)) }
    }

    private static func statistic(
        _ number: Int, _ book: Rulebook, _ random: inout SplitMix64
    ) -> StatisticDefinition {
        let measure = measure(&random)
        let isShare = if case .share = measure { true } else { false }
        let withTruces = book.ceasefires.isEmpty ? [] : [["ceasefire"], ["ceasefire", "admin2"]]
        return StatisticDefinition(
            name: "statistic-\(number)", title: "Statistic \(number)", measure: measure, events: condition(&random),
            part: isShare ? condition(&random) : nil,
            groupBy: random.pick([[], ["admin2"], ["tag"], ["admin2", "type"]] + withTruces),
            windows: random.pick([[6], [24], [24, 72], [6, 168], [72, 24, 168]]).map { TwinBooks.hours($0) },
            every: TwinBooks.hours(random.pick([6, 24, 24, 72])),
            ceasefire: !book.ceasefires.isEmpty && random.chance(30)
                ? random.number(0...(book.ceasefires.count - 1)) : nil,
            location: TwinBooks.nowhere)
    }

    private static func measure(_ random: inout SplitMix64) -> StatisticDefinition.Measure {
        switch random.number(0...6) {
        case 0, 1: .count
        case 2: .sum(field: random.pick(["fatalities", "score"]))
        case 3: .distinct(fields: random.pick([["tag"], ["admin2", "type"], ["place"]]))
        case 4: .share(field: nil)
        case 5: .share(field: "fatalities")
        default: .effectiveNumber(field: random.pick(["type", "tag"]))
        }
    }

    private static func condition(_ random: inout SplitMix64) -> Condition {
        switch random.number(0...3) {
        case 0: TwinBooks.equals("type", "*")
        case 1: TwinBooks.equals("type", "a")
        case 2: .any([TwinBooks.equals("type", "a"), TwinBooks.equals("type", "b")])
        default: TwinBooks.test("admin2", .exists(true))
        }
    }
}
