import Diagnostics
import Testing

@testable import Reporting

@Suite("Reports for continuous integration")
struct ReportFormatTests {
    /// Everything that could break a format.
    private static let hostile = "50 %: a,b <&\"'> ]]>\u{1B}[31m\r\n::error::x\u{0}\u{FFFE}\u{202E}"

    private static func report(_ findings: [Report.Finding], skipped: String? = nil) -> Report {
        Report(
            command: "lint", version: "1.2.3", summary: "1 file",
            kinds: [Report.Kind(id: "k", title: "A kind", severity: .error)],
            cases: [
                Report.Case(
                    group: "rule book", name: "a.yml", location: Location(file: "a.yml"), findings: findings,
                    skipped: skipped)
            ])
    }

    private static func finding(
        _ message: String, _ severity: Severity = .error, file: String = "a.yml", line: Int = 3, column: Int = 5,
        isFailure: Bool = true
    ) -> Report.Finding {
        let place = Location(file: file, line: line, column: column, length: 2)
        return Report.Finding(
            Diagnostic(severity, id: "k", message, at: place, context: ["rule 'r'"], help: ["write it"]),
            isFailure: isFailure)
    }

    private func text(_ name: String, _ report: Report) throws -> String {
        let format = try #require(ReportFormat.all.first { $0.name == name })
        return String(decoding: format.bytes(of: report), as: UTF8.self)
    }

    @Test("GitHub: the summary comes first, then the gravest, with place, title and all that is said")
    func github() throws {
        let report = Self.report([Self.finding("doubtful", .warning, line: 1, column: 0), Self.finding("wrong")])
        #expect(
            try text("github", report) == """
                ::error title=trucewatch lint::1 file
                ::error file=a.yml,line=3,col=5,endColumn=7,title=A kind::wrong%0Ain rule 'r'%0Awrite it
                ::warning file=a.yml,line=1,title=A kind::doubtful%0Ain rule 'r'%0Awrite it

                """)
        #expect(try text("github", Self.report([])) == "::notice title=trucewatch lint::1 file\n")
    }

    @Test("GitHub: percent signs, line ends, and in properties colons and commas stand for themselves")
    func githubEscapes() throws {
        let shown = try text("github", Self.report([Self.finding(Self.hostile, file: "a:b,c%.yml")]))
        let line = try #require(shown.split(separator: "\n").last)
        #expect(line.contains("file=a%3Ab%2Cc%25.yml,"))
        #expect(line.contains("::50 %25: a,b <&\"'> ]]><U+001B>[31m%0A::error::x<U+0000>\u{FFFE}<U+202E>%0A"))
        #expect(shown.split(separator: "\n").count == 2)
    }

    @Test("JUnit: a case fails with all of its findings, and remarks are what it prints")
    func junit() throws {
        let report = Self.report([
            Self.finding("wrong"), Self.finding("worse"), Self.finding("by the way", .note, isFailure: false),
        ])
        let shown = try text("junit", report)
        #expect(shown.contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""))
        #expect(shown.contains("<testcase name=\"a.yml\" classname=\"rule book\" file=\"a.yml\">"))
        #expect(shown.contains("<failure message=\"2 findings\" type=\"k\">a.yml:3:5: error: wrong [k]"))
        #expect(shown.contains("<system-out>a.yml:3:5: note: by the way [k]"))
        let skipped = try text("junit", Self.report([], skipped: "not today"))
        #expect(skipped.contains("<skipped message=\"not today\"/>"))
        #expect(skipped.contains("skipped=\"1\""))
    }

    @Test("JUnit: markup and control characters are shown, never written")
    func junitEscapes() throws {
        let shown = try text("junit", Self.report([Self.finding(Self.hostile, file: "<&>.yml")]))
        #expect(shown.contains("message=\"50 %: a,b &lt;&amp;&quot;'&gt; ]]&gt;&lt;U+001B&gt;[31m&#13;&#10;::error::x"))
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value < 0xFFFE) })
    }

    @Test("SARIF: paths are references, columns count code points, and a fix is a replacement")
    func sarif() throws {
        var finding = Self.finding("wrong", file: "./Regeln für ü.yml")
        finding.diagnostic.fix = Fix(at: finding.diagnostic.location, write: "right", isSafe: true)
        let shown = try text("sarif", Self.report([finding]))
        #expect(shown.contains("\"uri\": \"Regeln%20f%C3%BCr%20%C3%BC.yml\""))
        #expect(shown.contains("\"columnKind\": \"unicodeCodePoints\""))
        #expect(shown.contains("\"endColumn\": 7"))
        #expect(shown.contains("\"insertedContent\": {\n"))
        #expect(try text("sarif", Self.report([Self.finding("x", file: "/a b/c.yml")])).contains("file:///a%20b/c.yml"))
    }

    @Test("Text: what the terminal shows, and a summary")
    func plain() throws {
        #expect(
            try text("text", Self.report([Self.finding("wrong")])) == """
                a.yml:3:5: error: wrong [k]
                  = in rule 'r'
                  = write it

                trucewatch lint: 1 file

                """)
    }
}
