import Events
import Rulebook

/// What a share needs to know of a contribution: whether it is of the part and of the whole, and its values.
struct SharePayload: ContributionPayload {
    var isPart, isWhole: Bool
    /// The numbers that are summed; none where contributions are counted.
    var numbers: Values<Double>
}

/// `share`: the contributions of some rules, or the sum of a field over them, over those of others.
struct ShareFigure: WindowFigure {
    /// How many contributions are of the part.
    private(set) var count = 0
    private let sums: Bool
    private let minimumCount: Int
    private var whole = 0
    private var partSum = ExactSum()
    private var wholeSum = ExactSum()

    /// - Parameter sums: whether a field is summed; else contributions are counted.
    init(sums: Bool, minimumCount: Int) {
        self.sums = sums
        self.minimumCount = minimumCount
    }

    var isMonotone: Bool { false }
    static var isTold: Bool { true }
    var emptyValue: Double? { nil }

    static func counts(_ payload: SharePayload) -> Bool { payload.isPart }

    mutating func enter(_ contribution: Contribution<SharePayload>) {
        if contribution.payload.isPart {
            count += 1
            contribution.payload.numbers.forEach { partSum.add($0) }
        }
        if contribution.payload.isWhole {
            whole += 1
            contribution.payload.numbers.forEach { wholeSum.add($0) }
        }
    }

    mutating func leave(_ contribution: Contribution<SharePayload>) {
        if contribution.payload.isPart {
            count -= 1
            contribution.payload.numbers.forEach { partSum.subtract($0) }
        }
        if contribution.payload.isWhole {
            whole -= 1
            contribution.payload.numbers.forEach { wholeSum.subtract($0) }
        }
    }

    mutating func removeAll() { self = ShareFigure(sums: sums, minimumCount: minimumCount) }

    func value() -> Double? {
        guard whole >= max(minimumCount, 1) else { return nil }
        if !sums { return Double(count) / Double(whole) }
        let total = wholeSum.rounded
        return total == 0 ? nil : partSum.rounded / total
    }
}
