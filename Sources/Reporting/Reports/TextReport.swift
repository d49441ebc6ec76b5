import Diagnostics

extension ReportFormat {
    /// Plain text: what the terminal shows, and a summary at its end.
    static let text = ReportFormat(name: "text", purpose: "people") { report in
        var bytes: [UInt8] = []
        let shown = DiagnosticRenderer().render(report.findings.map(\.diagnostic))
        if !shown.isEmpty { bytes.append(shown + "\n") }
        bytes.append("trucewatch \(report.command): \(DisplayText.safe(report.summary))\n")
        return bytes
    }
}
