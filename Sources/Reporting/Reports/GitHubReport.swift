import Diagnostics

extension ReportFormat {
    /// Annotations of GitHub Actions: workflow commands in what a job prints.
    ///
    /// GitHub shows ten errors, ten warnings and ten notices of a step: a summary comes first, then the gravest.
    static let github = ReportFormat(name: "github", purpose: "annotations of GitHub Actions") { report in
        let findings = report.findings
        let gravest = findings.map(\.diagnostic.severity).max() ?? .note
        var bytes: [UInt8] = []
        let summary = Location(file: "")
        append(gravest, title: "trucewatch \(report.command)", report.summary, at: summary, to: &bytes)
        for severity in Severity.allCases.reversed() {
            for finding in findings where finding.diagnostic.severity == severity {
                append(
                    severity, title: report.title(of: finding),
                    finding.diagnostic.paragraphs.joined(separator: "\n"), at: finding.diagnostic.location, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(
        _ severity: Severity, title: String, _ message: String, at location: Location, to bytes: inout [UInt8]
    ) {
        var properties: [String] = []
        if !location.file.isEmpty {
            properties.append("file=\(escaped(location.plainFile, isProperty: true))")
            if location.line > 0 { properties.append("line=\(location.line)") }
            if location.line > 0, location.column > 0 {
                properties += ["col=\(location.column)", "endColumn=\(location.column + location.length)"]
            }
        }
        properties.append("title=\(escaped(title, isProperty: true))")
        let command = severity == .note ? "notice" : severity.rawValue
        bytes.append("::\(command) \(properties.joined(separator: ","))::\(escaped(message, isProperty: false))\n")
    }

    /// A text within a workflow command: `%` and line ends by their codes, in properties also what separates them.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        for line in text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            if !result.isEmpty { result += "%0A" }
            for scalar in DisplayText.safe(String(line)).unicodeScalars {
                switch scalar {
                case "%": result += "%25"
                case ":" where isProperty: result += "%3A"
                case "," where isProperty: result += "%2C"
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
