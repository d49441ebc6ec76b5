import ArgumentParser
import Events
import Reporting
import Rulebook

extension OutputFormat: ExpressibleByArgument {}
extension Level: ExpressibleByArgument {}

/// When to colour.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    /// Whether to colour what goes to a file; `auto` follows https://no-color.org.
    func isColoured(_ output: FileDescriptor) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            output.isTerminal && Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
        }
    }
}

/// A length of time as an argument: `90s`, `15m`, `24h`, `7d`, `4w`, or `unlimited`.
struct DurationArgument: ExpressibleByArgument {
    var timespan: Timespan

    init?(argument: String) {
        if argument == "unlimited" {
            timespan = .unlimited
            return
        }
        let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
        guard let symbol = argument.last, let unit = units[symbol] ?? (argument == "0" ? 1 : nil) else { return nil }
        let digits = argument == "0" ? argument[...] : argument.dropLast()
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let count = Int64(digits), count <= Timespan.unlimited.milliseconds / unit
        else { return nil }
        timespan = Timespan(milliseconds: count * unit)
    }
}
