import Events
import Reporting
import Rulebook

/// Contributions drawn on a line of time, with the window below it.
struct TimelineDrawing {
    private static let width = 60

    /// The lines: the contributions by their marks (`+` where several share a place), then the window that ends with the last.
    ///
    /// A window that begins before the first contribution begins with `<`.
    static func lines(_ contributions: [Contribution], window: Timespan) -> [String] {
        guard let first = contributions.first?.time, let last = contributions.last?.time, first < last
        else { return [] }
        let length = (last - first).milliseconds
        var line = [Character](repeating: "-", count: width + 1)
        for (index, contribution) in contributions.enumerated() {
            let place = Int(Double((contribution.time - first).milliseconds) / Double(length) * Double(width))
            line[place] = line[place] == "-" ? mark(index) : "+"
        }
        guard window > .zero, window < .unlimited else { return [String(line)] }
        let span = Double(window.milliseconds) / Double(length) * Double(width)
        let isWhole = span <= Double(width)
        let inside = isWhole ? Int(span) : width
        let label = window.ruleText
        let bar = max(inside - 1 - label.utf8.count, 0)
        let bars = (String(repeating: "=", count: bar / 2), String(repeating: "=", count: bar - bar / 2))
        let drawn = (isWhole ? "(" : "<") + bars.0 + label + bars.1 + "]"
        return [String(line), String(repeating: " ", count: max(0, width - drawn.utf8.count + 1)) + drawn]
    }

    /// The mark of a contribution: `1` to `9`, then letters.
    static func mark(_ index: Int) -> Character {
        let marks = Array("123456789abcdefghijklmnopqrstuvwxyz")
        return index < marks.count ? marks[index] : "*"
    }
}
