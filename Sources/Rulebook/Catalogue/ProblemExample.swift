import Diagnostics

/// What a finding of lint means, and a rule book that has it.
public struct ProblemExample: Sendable {
    /// The finding.
    public let problem: Problem
    /// What it means and why it matters, in a sentence or two.
    public let meaning: String
    /// The rule book, the place of the finding marked by `«`, which is no part of it; or how it is made, where it is too long
    /// or no text.
    let text: String
    private let made: (@Sendable () -> [UInt8])?

    init(_ problem: Problem, _ meaning: String, _ text: String) {
        self.problem = problem
        self.meaning = meaning
        self.text = text
        made = nil
    }

    init(_ problem: Problem, _ meaning: String, described text: String, made: @escaping @Sendable () -> [UInt8]) {
        self.problem = problem
        self.meaning = meaning
        self.text = text
        self.made = made
    }

    /// The list of all findings: a new one is an example in one of these.
    public static let all: [ProblemExample] =
        ofFiles + ofValues + ofNames + ofRules + ofSelections + ofCorrelations + ofCeasefires + ofDoubtfulRules
        + ofDoubtfulValues + ofDoubtfulAftermath + ofTests

    /// The file of the rule book.
    public var source: RulebookSource {
        RulebookSource(file: "rules.yml", bytes: made?() ?? Array(text.replacing("«", with: "").utf8))
    }

    /// The line and column of the finding, as the mark has it; nil where the rule book is not written out.
    public var place: (line: Int, column: Int)? {
        guard made == nil else { return nil }
        let lines = text.prefix { $0 != "«" }.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.count, (lines.last?.unicodeScalars.count ?? 0) + 1)
    }

    /// What lint says of the rule book: all of it.
    public var diagnostics: [Diagnostic] {
        let (rulebook, _, loading) = Rulebook.loadWithTests([source])
        return rulebook?.lint(sources: [source], loading: loading) ?? loading
    }

    /// The part of the documentation on this finding, in Markdown.
    public var documentation: String {
        let said = diagnostics.filter { $0.id == problem.rawValue }
        let severity = said.first?.severity.rawValue ?? ""
        let shown = DiagnosticRenderer().render(said.first.map { [$0] } ?? [])
        let book = made == nil ? "```yaml\n\(text.replacing("«", with: ""))\n```" : text
        return """
            ## \(problem.rawValue)

            \(severity == "error" ? "An error" : "A warning"). \(meaning)

            \(book)

            ```text
            \(shown)```

            """
    }

    /// The documentation of all findings, in Markdown: what `trucewatch lint --list` prints.
    public static var documentation: String {
        let head = """
            # What lint says

            Every finding has a stable id. An error keeps the rule book from loading, or the test that it is in from
            running; a warning can be meant, and is then ignored by a comment at the end of its line, or on a line of its own
            before it:

            ```yaml
            id: ttp-2021   # lint: ignore ceasefire-gap nothing was in force in between
            ```

            This page is what `trucewatch lint --list` prints.


            """
        return head + all.map(\.documentation).joined(separator: "\n")
    }
}
