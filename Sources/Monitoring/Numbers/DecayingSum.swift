import Events
import Glibc

/// The sum of 2^-(age / half-life) over instants, exact in its parts and so independent of the order in which they are added.
///
/// Each instant weighs 2^(its place in an era of 32 half-lives), a whole number of 2^-52; the weights of an era are summed as
/// integers, and a value joins the last four eras. What is older than 96 half-lives, below 2^-96 of its weight when it was new,
/// is left out: it could change no digit of a double.
struct DecayingSum {
    private static let erasTogether: Int64 = 4
    private static let halfLivesOfEra: Int64 = 32

    private struct Era {
        var number: Int64
        var sum: Int128
    }

    private let halfLife: Int64
    // In order, those that a value at the last instant added can still join.
    private var eras: [Era] = []

    /// After how long an instant is left out for certain.
    static func reach(halfLife: Timespan) -> Timespan {
        Timespan(milliseconds: halfLife.milliseconds * halfLivesOfEra * erasTogether)
    }

    /// The sum of nothing.
    init(halfLife: Timespan) { self.halfLife = halfLife.milliseconds }

    /// Adds an instant; they come in order.
    mutating func add(_ instant: Instant) {
        let (number, offset) = era(of: instant)
        let (whole, part) = (offset / halfLife, offset % halfLife)
        // In [1, 2), so that it is a whole number of 2^-52.
        let weight = exp2(Double(part) / Double(halfLife)) * 0x1p52
        if eras.last?.number != number {
            eras.append(Era(number: number, sum: 0))
            eras.removeAll { $0.number <= number - DecayingSum.erasTogether }
        }
        eras[eras.count - 1].sum += Int128(Int64(weight)) << Int128(whole)
    }

    /// The sum as it is at an instant not before the last one added.
    func value(at instant: Instant) -> Double {
        let (present, _) = era(of: instant)
        var total = 0.0
        for era in eras where era.number > present - DecayingSum.erasTogether {
            let age = instant.milliseconds - era.number * halfLife * DecayingSum.halfLivesOfEra
            let (whole, part) = (age / halfLife, age % halfLife)
            let decay = exp2(-Double(part) / Double(halfLife))
            total += Double(sign: .plus, exponent: -Int(whole) - 52, significand: Double(era.sum) * decay)
        }
        return total
    }

    private func era(of instant: Instant) -> (number: Int64, offset: Int64) {
        let length = halfLife * DecayingSum.halfLivesOfEra
        var (number, offset) = instant.milliseconds.quotientAndRemainder(dividingBy: length)
        if offset < 0 {
            number -= 1
            offset += length
        }
        return (number, offset)
    }
}
