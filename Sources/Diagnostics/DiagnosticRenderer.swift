/// Shows diagnostics to people: the place, the line, a caret under what is wrong, and what to do.
///
/// ```
/// Rules/pakistan.yml:12:5: error: 'timspan' is not a key of a correlation [unknown-key]
///    |
/// 12 |     timspan: 48h
///    |     ^^^^^^^
///    = in rule 'breach-cluster' > correlation
///    = did you mean 'timespan'?
/// ```
public struct DiagnosticRenderer: Sendable {
    /// Whether and how to use colours.
    public enum Style: Sendable {
        /// Text alone.
        case plain
        /// Text with the colour codes of terminals.
        case colored
    }

    /// How many columns of a long line are shown, around the place.
    private static let lineWidth = 120

    private let style: Style

    /// Creates a renderer.
    public init(_ style: Style = .plain) { self.style = style }

    /// One diagnostic, with a line end after each line.
    public func render(_ diagnostic: Diagnostic) -> String {
        let location = diagnostic.location
        var lines = [header(diagnostic)]
        let number = location.line > 0 ? String(location.line) : ""
        let margin = String(repeating: " ", count: number.utf8.count)
        if let line = diagnostic.sourceLine, location.line > 0 {
            let (text, carets) = excerpt(line, location)
            lines.append(paint("\(margin) |", .gutter))
            lines.append(trimmed(paint("\(number) |", .gutter) + " " + text))
            lines.append(
                paint("\(margin) |", .gutter) + " " + carets.space + paint(carets.marks, .carets(diagnostic.severity)))
        }
        let context = diagnostic.context.map { DisplayText.safe($0) }.joined(separator: " > ")
        let notes = (context.isEmpty ? [] : ["in \(context)"]) + diagnostic.help.map { DisplayText.safe($0) }
        lines.append(contentsOf: notes.map { paint("\(margin) =", .gutter) + " " + $0 })
        return lines.map { $0 + "\n" }.joined()
    }

    /// Several diagnostics, with an empty line between them.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { render($0) }.joined(separator: "\n")
    }

    private func header(_ diagnostic: Diagnostic) -> String {
        let location = diagnostic.location
        var place = DisplayText.safe(location.file)
        if location.line > 0 { place += ":\(location.line)" }
        if location.line > 0, location.column > 0 { place += ":\(location.column)" }
        let severity = paint(diagnostic.severity.rawValue + ":", .carets(diagnostic.severity))
        let message = paint(DisplayText.safe(diagnostic.message), .message)
        return paint(place + ":", .message) + " \(severity) \(message) [\(DisplayText.safe(diagnostic.id))]"
    }

    /// The part of the line around the place, and what stands under it.
    private func excerpt(_ line: String, _ location: Location) -> (text: String, carets: (space: String, marks: String))
    {
        let column = max(0, location.column - 1)
        // Of a very long line only what is near the place is even looked at.
        let start = max(0, column - DiagnosticRenderer.lineWidth / 2)
        let scalars = line.unicodeScalars.dropFirst(start).prefix(DiagnosticRenderer.lineWidth + 1)
        let cells = DisplayText.cells(scalars.prefix(DiagnosticRenderer.lineWidth))
        let before = start > 0 ? "…" : ""
        let after = scalars.count > DiagnosticRenderer.lineWidth ? "…" : ""
        let first = min(column - start, cells.count)
        let last = min(first + location.length, cells.count)
        let space = cells[..<first].reduce(before.isEmpty ? 0 : 1) { $0 + $1.width }
        let marks = max(1, cells[first..<last].reduce(0) { $0 + $1.width })
        return (
            before + cells.map(\.text).joined() + after,
            (String(repeating: " ", count: space), String(repeating: "^", count: marks))
        )
    }

    private func trimmed(_ text: String) -> String {
        guard let last = text.lastIndex(where: { $0 != " " }) else { return "" }
        return String(text[...last])
    }

    private enum Role {
        case gutter
        case message
        case carets(Severity)

        var code: String {
            switch self {
            case .gutter: "34"
            case .message: "1"
            case .carets(.error): "1;31"
            case .carets(.warning): "1;33"
            case .carets(.note): "1;36"
            }
        }
    }

    private func paint(_ text: String, _ role: Role) -> String {
        style == .plain ? text : "\u{1B}[\(role.code)m\(text)\u{1B}[0m"
    }
}
