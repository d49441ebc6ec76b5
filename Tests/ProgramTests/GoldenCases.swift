import Foundation
import Testing

extension ProgramTests {
    /// Each folder of `Fixtures` is a case with its expected output. After a wanted change,
    /// `TRUCEWATCH_RECORD=1 swift test --disable-xctest --filter GoldenCases` writes what the first line of each
    /// `arguments` gives; the other lines must give the same.
    @Suite("Fixtures")
    struct GoldenCases {
        private static let seed: UInt64 = 20_140_301
        private static let shuffles = 5

        @Test("There are cases, and each has its expected output")
        func present() throws {
            #expect(GoldenCase.all.count >= 8)
            for golden in GoldenCase.all where golden.number == 1 {
                #expect(try !golden.expected().isEmpty, "\(golden)")
            }
        }

        @Test("A fixture gives its expected output", arguments: GoldenCase.all)
        func expected(golden: GoldenCase) throws {
            let outcome = try Repository.trucewatch(golden.arguments, scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.errors)")
            if ProcessInfo.processInfo.environment["TRUCEWATCH_RECORD"] == "1", golden.number == 1 {
                try golden.record(outcome.output)
            }
            try compare(outcome, with: golden, "as it is")
        }

        @Test("From standard input, and cut into three files, it gives the same bytes", arguments: GoldenCase.all)
        func cut(golden: GoldenCase) throws {
            let scratch = try Tool()
            try compare(
                Repository.trucewatch(golden.options + ["-"], input: golden.input, scratch: scratch), with: golden,
                "from standard input")
            guard let file = try RecordFile(golden.input) else { return }
            let parts = try file.write(parts: 3, name: "part", to: scratch)
            try compare(
                Repository.trucewatch(golden.options + parts, scratch: scratch), with: golden, "cut into three")
        }

        @Test(
            "What stands at the end is the same in every order of arrival", arguments: GoldenCase.all.filter(\.isFinal))
        func shuffled(golden: GoldenCase) throws {
            guard let file = try RecordFile(golden.input) else { return }
            let scratch = try Tool()
            var generator = SplitMix(state: GoldenCases.seed)
            for shuffle in 1...GoldenCases.shuffles {
                let parts = try file.shuffled(using: &generator).write(
                    parts: 1, name: "shuffle-\(shuffle)", to: scratch)
                try compare(
                    Repository.trucewatch(golden.options + parts, scratch: scratch), with: golden,
                    "shuffle \(shuffle) of seed \(GoldenCases.seed)")
            }
        }

        private func compare(_ outcome: Tool.Outcome, with golden: GoldenCase, _ manner: String) throws {
            let expected = try golden.expected()
            guard outcome.output != expected else { return }
            let (lines, expectedLines) = (outcome.lines, expected.split(separator: "\n"))
            let same = zip(lines, expectedLines).prefix { $0 == $1 }.count
            Issue.record(
                """
                \(golden), \(manner): line \(same + 1) differs.
                expected: \(expectedLines.dropFirst(same).first ?? "no line")
                came:     \(lines.dropFirst(same).first ?? "no line")
                \(outcome.errors)
                """)
        }
    }
}
