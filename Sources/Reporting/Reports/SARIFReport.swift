import Diagnostics

extension ReportFormat {
    /// SARIF 2.1.0, the format of code scanning (https://docs.oasis-open.org/sarif/sarif/v2.1.0/).
    static let sarif = ReportFormat(name: "sarif", purpose: "code scanning") { report in
        let indices = Dictionary(report.kinds.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let run = JSONTree.object([
            ("tool", .object([("driver", driver(report))])),
            ("invocations", .list([.object([("executionSuccessful", .boolean(report.isComplete))])])),
            ("columnKind", .text("unicodeCodePoints")),
            ("results", .list(report.findings.map { result($0, ruleIndex: indices[$0.diagnostic.id]) })),
        ])
        return JSONTree.object([
            ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .text("2.1.0")),
            ("runs", .list([run])),
        ]).bytes
    }

    private static func driver(_ report: Report) -> JSONTree {
        .object([
            ("name", .text("trucewatch \(report.command)")),
            ("semanticVersion", .text(report.version)),
            ("rules", .list(report.kinds.map { rule($0) })),
        ])
    }

    private static func rule(_ rule: Report.Kind) -> JSONTree {
        .object([
            ("id", .text(rule.id)),
            ("shortDescription", message(rule.title)),
            ("fullDescription", rule.description.map { message($0) }),
            ("help", rule.help.map { message($0) }),
            ("defaultConfiguration", .texts([("level", rule.severity.rawValue)])),
        ])
    }

    private static func result(_ finding: Report.Finding, ruleIndex: Int?) -> JSONTree {
        let diagnostic = finding.diagnostic
        return .object([
            ("ruleId", .text(diagnostic.id)),
            ("ruleIndex", ruleIndex.map { .number($0) }),
            ("level", .text(diagnostic.severity.rawValue)),
            ("message", message(diagnostic.paragraphs.joined(separator: "\n"))),
            ("locations", place(diagnostic.location).map { .list([.object([("physicalLocation", $0)])]) }),
            ("partialFingerprints", finding.identity.map { .texts([("trucewatchAlert/v1", $0)]) }),
            ("fixes", diagnostic.fix.map { .list([fix($0)]) }),
        ])
    }

    private static func message(_ text: String) -> JSONTree { .texts([("text", text)]) }

    private static func place(_ location: Location) -> JSONTree? {
        guard !location.file.isEmpty else { return nil }
        return .object([
            ("artifactLocation", artifact(location)), ("region", location.line > 0 ? region(location) : nil),
        ])
    }

    private static func artifact(_ location: Location) -> JSONTree { .texts([("uri", uri(location.plainFile))]) }

    private static func region(_ location: Location) -> JSONTree {
        let hasColumn = location.column > 0
        return .object([
            ("startLine", .number(location.line)),
            ("startColumn", hasColumn ? .number(location.column) : nil),
            ("endColumn", hasColumn ? .number(location.column + location.length) : nil),
        ])
    }

    private static func fix(_ fix: Fix) -> JSONTree {
        let replacement = JSONTree.object([
            ("deletedRegion", region(fix.location)), ("insertedContent", message(fix.replacement)),
        ])
        let change = JSONTree.object([
            ("artifactLocation", artifact(fix.location)), ("replacements", .list([replacement])),
        ])
        return .object([
            ("description", message("Write '\(fix.replacement)'")), ("artifactChanges", .list([change])),
        ])
    }

    /// A path as a reference by RFC 3986: relative to the root of the checkout, or a `file` URI.
    private static func uri(_ path: String) -> String {
        var uri = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            if isPlain(byte) {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return uri
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "/-._~".utf8.contains(byte)
        }
    }
}
