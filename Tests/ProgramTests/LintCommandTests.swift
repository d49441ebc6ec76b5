import Foundation
import Testing

extension ProgramTests {
    @Suite("lint")
    struct LintCommandTests {
        private static let rest = "detection: {s: {type: attack, hour_of_day: 3}, condition: s}\n"
        private static let head = "title: T\ndescription: d\nrunbook: r\n"

        @Test("--fix writes the safe ones, says what it changed, and leaves the rest and all else of the file")
        func fix() throws {
            let tool = try Tool(rules: Self.head + "levle: high  # for now\r\n" + Self.rest)
            let path = tool.folder.appendingPathComponent("Rules/attack.yml").path
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            try FileManager.default.createSymbolicLink(
                atPath: tool.folder.appendingPathComponent("link.yml").path, withDestinationPath: path)
            let outcome = try tool.run("lint", "--fix", "link.yml")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("link.yml:4:1: levle is now level [unknown-key]"))
            #expect(outcome.errors.contains("[field-of-no-profile]"))
            #expect(try tool.text(of: "Rules/attack.yml") == Self.head + "level: high  # for now\r\n" + Self.rest)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o640)
            #expect(try tool.run("lint", "--fix").errors.contains("is now") == false)
            #expect(try FileManager.default.contentsOfDirectory(atPath: tool.folder.path + "/Rules").count == 1)
        }

        @Test("Without --fix nothing is written")
        func noFix() throws {
            let tool = try Tool(rules: Self.head + "levle: high\n" + Self.rest)
            #expect(try tool.run("lint").errors.contains("1 can be mended by --fix"))
            #expect(try tool.text(of: "Rules/attack.yml").contains("levle"))
        }

        @Test("--events: \"given input files, the events' fields count\", and their types")
        func events() throws {
            let rule = Self.head + "level: low\n" + Self.rest.replacing("type: attack", with: "type: bombng")
            let tool = try Tool(rules: rule)
            let before = try tool.run("lint")
            #expect(before.status == 1)
            #expect(before.errors.contains("[unusual-type]") && before.errors.contains("[field-of-no-profile]"))
            try tool.write("time,type,hour_of_day\n2014-03-01,Bombng,3\n2014-03-02,,\n", to: "events.csv")
            #expect(try tool.run("lint", "--events", "events.csv").status == 0)
            try tool.write("time,type,hour_of_day\n2014-03-01,Bombng,\n", to: "events.csv")
            let empty = try tool.run("lint", "--events", "events.csv")
            #expect(empty.errors.contains("[field-of-no-profile]") && !empty.errors.contains("[unusual-type]"))
            #expect(try tool.run("lint", "--events", "missing.csv").status == 4)
        }

        @Test("--list needs no rule book, and is the documentation")
        func list() throws {
            let outcome = try Tool(rules: nil).run("lint", "--list")
            #expect(outcome.status == 0)
            let file = Repository.root.appendingPathComponent("Sources/Documentation/Diagnostics.md")
            #expect(try outcome.output == String(contentsOf: file, encoding: .utf8))
        }

        @Test("\"Rules/ itself must come out with no finding that is not meant\"")
        func ownRules() throws {
            let outcome = try Repository.trucewatch(["lint"], scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("0 errors, 0 warnings"))
        }
    }
}
