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

/// Lengths of time as arguments: `90s`, `15m`, `24h`, `7d`, `4w`.
enum Duration {
    private static let units: [Character: Int64] = [
        "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
    ]

    /// Reads a length of time.
    static func read(_ text: String) throws -> Timespan {
        if text == "0" { return .zero }
        guard let symbol = text.last, let unit = units[symbol], text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let count = Int64(text.dropLast()), count >= 0, count <= Timespan.unlimited.milliseconds / unit
        else { throw ValidationError("'\(text)' is not a length of time; write it as 90s, 15m, 24h, 7d or 4w") }
        return Timespan(milliseconds: count * unit)
    }

    /// Reads a length of time that may be `unlimited`.
    static func readLimit(_ text: String) throws -> Timespan {
        text == "unlimited" ? .unlimited : try read(text)
    }
}
