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

/// Numbers of bytes as arguments: `512M`, `64G`.
enum ByteSize {
    private static let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]

    /// Reads a number of bytes that may be `unlimited`.
    static func readLimit(_ text: String) throws -> Int {
        if text == "unlimited" { return .max }
        let shift = text.last.flatMap { units[$0] } ?? 0
        let digits = shift > 0 ? text.dropLast() : text[...]
        guard let count = Int(digits), count > 0, digits.utf8.first != UInt8(ascii: "+"), count <= Int.max >> shift
        else {
            throw ValidationError("'\(text)' is not a number of bytes; write it as 512M, 64G or unlimited")
        }
        return count << shift
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
