import Diagnostics

extension ReportFormat {
    /// JUnit XML, which GitLab, Jenkins and most others show: a test case for each thing that was examined.
    static let junit = ReportFormat(name: "junit", purpose: "test reports of GitLab, Jenkins and others") { report in
        var xml = XMLText()
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        xml.open("testsuites", [("name", "trucewatch \(report.command)")] + counts(report.cases))
        for group in grouped(report.cases) {
            xml.open("testsuite", [("name", group.name)] + counts(group.cases))
            for item in group.cases { write(item, report, into: &xml) }
            xml.close("testsuite")
        }
        xml.close("testsuites")
        return xml.bytes
    }

    /// The cases by their group, in the order in which the groups first occur.
    private static func grouped(_ cases: [Report.Case]) -> [(name: String, cases: [Report.Case])] {
        var groups: [(name: String, cases: [Report.Case])] = []
        var indices: [String: Int] = [:]
        for item in cases {
            if let index = indices[item.group] {
                groups[index].cases.append(item)
            } else {
                indices[item.group] = groups.count
                groups.append((item.group, [item]))
            }
        }
        return groups
    }

    private static func counts(_ cases: [Report.Case]) -> [(String, String)] {
        [
            ("tests", String(cases.count)), ("failures", String(cases.count(where: \.isFailed))), ("errors", "0"),
            ("skipped", String(cases.count { $0.skipped != nil })),
        ]
    }

    private static func write(_ item: Report.Case, _ report: Report, into xml: inout XMLText) {
        var attributes = [("name", item.name), ("classname", item.group)]
        if let location = item.location, !location.file.isEmpty {
            attributes.append(("file", location.plainFile))
            if location.line > 0 { attributes.append(("line", String(location.line))) }
        }
        let failures = item.findings.filter(\.isFailure)
        let remarks = item.findings.filter { !$0.isFailure }
        guard !item.findings.isEmpty || item.skipped != nil else { return xml.element("testcase", attributes) }
        xml.open("testcase", attributes)
        if let reason = item.skipped { xml.element("skipped", [("message", reason)]) }
        // Many readers show but one failure of a case: it says all of them.
        if let first = failures.first {
            let message = failures.count > 1 ? "\(failures.count) findings" : first.diagnostic.message
            xml.element(
                "failure", [("message", message), ("type", first.diagnostic.id)], text(of: failures))
        }
        if !remarks.isEmpty { xml.element("system-out", [], text(of: remarks)) }
        xml.close("testcase")
    }

    private static func text(of findings: [Report.Finding]) -> String {
        DiagnosticRenderer().render(findings.map(\.diagnostic))
    }
}

/// XML that is written element by element.
private struct XMLText {
    private(set) var bytes: [UInt8] = []
    private var depth = 0

    mutating func raw(_ text: String) { bytes.append(text) }

    mutating func open(_ name: String, _ attributes: [(String, String)]) {
        tag(name, attributes, end: ">\n")
        depth += 1
    }

    mutating func close(_ name: String) {
        depth -= 1
        indent()
        raw("</\(name)>\n")
    }

    /// An element with a text in it; without one it is empty.
    mutating func element(_ name: String, _ attributes: [(String, String)], _ text: String? = nil) {
        guard let text else { return tag(name, attributes, end: "/>\n") }
        tag(name, attributes, end: ">")
        raw(XMLText.escaped(text, isAttribute: false))
        raw("</\(name)>\n")
    }

    private mutating func tag(_ name: String, _ attributes: [(String, String)], end: String) {
        indent()
        raw("<\(name)")
        for (key, value) in attributes { raw(" \(key)=\"\(XMLText.escaped(value, isAttribute: true))\"") }
        raw(end)
    }

    private mutating func indent() { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth)) }

    /// Markup as entities; what XML 1.0 cannot hold at all as `<U+001B>`.
    private static func escaped(_ text: String, isAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where isAttribute: result += "&quot;"
            case "\n", "\t": result += isAttribute ? "&#\(scalar.value);" : String(scalar)
            case "\r": result += "&#13;"
            default: result += isCharacter(scalar) ? String(scalar) : "&lt;U+\(hexadecimal(scalar))&gt;"
            }
        }
        return result
    }

    /// Whether it is a character of XML, and none that steers a terminal.
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value & 0xFFFE != 0xFFFE
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
