import Events

/// `effective_number`: 1 / sum of squared shares of the values (Laakso & Taagepera 1979), as n² / sum of k², divided once.
struct EffectiveNumberFigure: WindowFigure {
    private(set) var count = 0
    private var occurrences: [UInt64: Int] = [:]
    private var total: Int128 = 0
    private var squares: Int128 = 0

    var isMonotone: Bool { false }
    static var isTold: Bool { true }
    var emptyValue: Double? { nil }

    static func counts(_ payload: Values<UInt64>) -> Bool { !payload.isEmpty }

    mutating func enter(_ contribution: Contribution<Values<UInt64>>) {
        if contribution.payload.isEmpty { return }
        count += 1
        contribution.payload.forEach { value in
            let known = occurrences[value, default: 0]
            occurrences[value] = known + 1
            squares += Int128(2 * known + 1)
            total += 1
        }
    }

    mutating func leave(_ contribution: Contribution<Values<UInt64>>) {
        if contribution.payload.isEmpty { return }
        count -= 1
        contribution.payload.forEach { value in
            guard let known = occurrences[value] else { return }
            occurrences[value] = known == 1 ? nil : known - 1
            squares -= Int128(2 * known - 1)
            total -= 1
        }
    }

    mutating func removeAll() { self = EffectiveNumberFigure() }

    func value() -> Double? { squares == 0 ? nil : ExactQuotient.divide(total * total, by: squares) }
}
