import Diagnostics

/// What the operator sees: standard error, unless it goes elsewhere.
final class Console {
    private let output: FileDescriptor
    private let renderer: DiagnosticRenderer
    /// Whether progress, remarks and the summary are wanted.
    let isQuiet: Bool
    /// Whether standard error is a terminal.
    let isTerminal: Bool
    private var isProgressShown = false

    init(color: ColorChoice = .auto, isQuiet: Bool = false, output: FileDescriptor = .standardError) {
        self.output = output
        renderer = DiagnosticRenderer(color.isColoured(output) ? .colored : .plain)
        isTerminal = output.isTerminal
        self.isQuiet = isQuiet
    }

    /// Shows what is wrong, and where.
    func show(_ diagnostic: Diagnostic) { write(renderer.render(diagnostic)) }

    /// Says something that the operator has to know.
    func say(_ message: String) { write("trucewatch: \(message)\n") }

    /// Says something that is good to know, unless quiet.
    func remark(_ message: String) { if !isQuiet { say(message) } }

    /// Shows the summary.
    func show(summary: String) { write(summary) }

    /// Shows how far the run is, in place of what was said of that before.
    func show(progress: String) {
        put("\r\u{1B}[K\(progress)")
        isProgressShown = true
    }

    /// Takes away the line of progress.
    func eraseProgress() {
        guard isProgressShown else { return }
        put("\r\u{1B}[K")
        isProgressShown = false
    }

    private func write(_ text: String) {
        eraseProgress()
        put(text)
    }

    // If nobody reads what is meant for the operator, the product is still worth finishing.
    private func put(_ text: String) { try? output.write(Array(text.utf8)) }
}
