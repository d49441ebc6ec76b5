/// Lines of labels and texts for a terminal, indented and wrapped; whatever is added is made safe.
struct TextBlock {
    private(set) var text = ""
    private let style: TextStyle
    private let width: Int

    private static let labelWidth = 9
    private static let indent = "  "

    init(style: TextStyle, width: Int) {
        self.style = style
        self.width = max(width, 32)
    }

    /// Adds the first line: what is dressed already, and a title that is wrapped behind it.
    mutating func add(head: String, width headWidth: Int, title: String) {
        let lines = TerminalText.wrapped(TerminalText.safe(title), width: width - headWidth - 1)
        text += "\(head) \(style.bold(lines[0]))\n"
        for line in lines.dropFirst() { text += String(repeating: " ", count: headWidth + 1) + "\(style.bold(line))\n" }
    }

    /// Adds a sentence.
    mutating func add(paragraph: String) {
        for line in TerminalText.wrapped(TerminalText.safe(paragraph), width: width - TextBlock.indent.count) {
            text += "\(TextBlock.indent)\(line)\n"
        }
    }

    /// Adds a text with a label before it.
    mutating func add(_ label: String, _ content: String) {
        let lines = TerminalText.wrapped(TerminalText.safe(content), width: width - TextBlock.labelWidth - 4)
        for (index, line) in lines.enumerated() { add(line: line, label: index == 0 ? label : "") }
    }

    /// Adds rows with their columns aligned, the last one free; a row too wide goes on below.
    mutating func add(_ label: String, rows: [[String]]) {
        let rows = rows.map { $0.map { TerminalText.safe($0) } }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { TerminalText.width($0[column]) }.max() ?? 0 }
        for (index, row) in rows.enumerated() {
            let cells = row.indices.filter { widths[$0] > 0 }.map { column in
                column == columns - 1 ? row[column] : TerminalText.padded(row[column], to: widths[column])
            }
            let line = cells.joined(separator: "  ")
            let limit = width - TextBlock.labelWidth - 4
            let lines = TerminalText.width(line) <= limit ? [line] : TerminalText.wrapped(line, width: limit)
            for (part, piece) in lines.enumerated() { add(line: piece, label: index + part == 0 ? label : "") }
        }
    }

    private mutating func add(line: String, label: String) {
        let padded = TerminalText.padded(label, to: TextBlock.labelWidth)
        text += TextBlock.indent + (label.isEmpty ? padded : style.dim(padded)) + "  \(line)\n"
    }
}
