import Diagnostics
import Foundation
import Testing

@testable import Rulebook

@Suite("\"--list prints all ids with an example each\"")
struct CatalogueTests {
    @Test("Every finding has one example, and every example is of a finding")
    func complete() {
        let ids = ProblemExample.all.map(\.problem.rawValue)
        #expect(Problem.allCases.map(\.rawValue).filter { !ids.contains($0) } == [])
        #expect(ids.count == Set(ids).count)
    }

    @Test("Every example gives its finding, at its place and nowhere else", arguments: ProblemExample.all)
    func place(_ example: ProblemExample) {
        let said = example.diagnostics.filter { $0.id == example.problem.rawValue }
        #expect(!said.isEmpty, "\(example.diagnostics)")
        guard let place = example.place else { return }
        #expect(said.map { "\($0.location.line):\($0.location.column)" } == ["\(place.line):\(place.column)"])
        // What is shown is about one thing: no error besides, and no warning but what the rest of the example must lack.
        #expect(example.diagnostics.filter { $0.severity == .error && $0.id != example.problem.rawValue } == [])
    }

    @Test("Sources/Documentation/Diagnostics.md is what the list prints")
    func documentation() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Documentation/Diagnostics.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text == ProblemExample.documentation, "trucewatch lint --list > Sources/Documentation/Diagnostics.md")
    }
}

extension ProblemExample: CustomTestStringConvertible {
    /// Its finding.
    public var testDescription: String { problem.rawValue }
}
