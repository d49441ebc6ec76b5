import Diagnostics
import Foundation
import Testing

@testable import Rulebook

@Suite("\"Rules from the Sigma project load unchanged or are refused with a reason\"")
struct SigmaTests {
    @Test("load unchanged", arguments: SigmaRule.supported)
    func loads(_ rule: SigmaRule) {
        let (book, diagnostics) = load(rule.text)
        #expect(diagnostics == [])
        #expect(book?.rules.isEmpty == false)
    }

    @Test("or are refused with a reason", arguments: SigmaRule.refused)
    func refused(_ rule: SigmaRule, _ reason: String) {
        let errors = load(rule.text).diagnostics.filter { $0.severity == .error }
        #expect(errors.first?.message.contains(reason) == true, "\(errors.map(\.message))")
        let isRule = rule.text.contains("detection:") && !rule.text.contains("action:")
        #expect(!isRule || errors.count == 1, "\(errors.map(\.message))")
    }

    @Test("What is in the selections, and in which order the modifiers stand, is what is asked of an event")
    func meaning() throws {
        let rule = try #require(SigmaRule.supported.first { $0.shape.hasPrefix("a list of maps") })
        guard case .detection(let condition)? = load(rule.text).rulebook?.rules.first?.body else {
            throw NotADetection()
        }
        let image = #"(Image like '*[\tool.exe]' | OriginalFileName like '[tool.exe]')"#
        #expect(condition.sketch == "(\(image) & (CommandLine like '*[ -add ]*' & CommandLine like '*[user]*'))")
    }

    @Test("\"Modifiers that make no sense here are named in the documentation with that reason\"")
    func documented() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        for (modifier, reason) in Modifier.unsupported {
            #expect(text.contains("`\(modifier)`"))
            #expect(text.contains(reason.split(separator: ";")[0]))
        }
    }

    private struct NotADetection: Error {}
}
