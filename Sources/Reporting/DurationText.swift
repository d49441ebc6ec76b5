import Events

extension Timespan {
    /// The length as a rule book writes it, in the largest unit that it is a whole number of: `7d`, `36h`, `90m`.
    public var ruleText: String {
        let (count, unit) = wholeUnits
        return "\(count)\(unit.symbol)"
    }

    /// The length in words, in the same unit: `7 days`, `1 hour`.
    public var words: String {
        let (count, unit) = wholeUnits
        return "\(PeopleNumber.text(Double(count))) \(unit.name)\(count == 1 ? "" : "s")"
    }

    private struct Unit {
        var symbol, name: String
        var milliseconds: Int64
    }

    private static let units = [
        Unit(symbol: "d", name: "day", milliseconds: 86_400_000),
        Unit(symbol: "h", name: "hour", milliseconds: 3_600_000),
        Unit(symbol: "m", name: "minute", milliseconds: 60_000),
        Unit(symbol: "s", name: "second", milliseconds: 1000),
    ]

    private var wholeUnits: (count: Int64, unit: Unit) {
        if milliseconds == 0 { return (0, Unit(symbol: "s", name: "second", milliseconds: 1000)) }
        for unit in Timespan.units where milliseconds % unit.milliseconds == 0 {
            return (milliseconds / unit.milliseconds, unit)
        }
        return (milliseconds, Unit(symbol: "ms", name: "millisecond", milliseconds: 1))
    }
}
