import Foundation
import Testing

extension ProgramTests {
    @Suite("trucewatch test")
    struct TestCommandTests {
        private static let passing = """
            tests:
              - name: an attack
                rules: [attack]
                events: [{id: a, time: 2014-03-03, type: attack}, {id: b, time: +1d, type: meeting}]
                expect: [{rule: attack, onset: 2014-03-03}]

            """

        private func tool(_ tests: String) throws -> Tool {
            let tool = try Tool()
            try tool.write(tests, to: "Rules/tests.yml")
            return tool
        }

        @Test("it ends with 0 where all tests pass, and names them only when asked to")
        func passes() throws {
            let tool = try tool(TestCommandTests.passing)
            let outcome = try tool.run("test")
            #expect(outcome.status == 0 && outcome.output == "1 test, 0 failed\n", "\(outcome)")
            #expect(try tool.run("test", "--verbose", "Rules").output == "ok    an attack\n1 test, 0 failed\n")
            #expect(try tool.run("test", "--quiet", "--rules", "Rules").output == "")
        }

        @Test("the tests of the rules that come with the program pass", arguments: ["Fixtures/myanmar/rules"])
        func ownRules(_ folder: String) throws {
            let outcome = try Repository.trucewatch(["test", "--shuffles", "2", folder], scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.hasSuffix(" tests, 0 failed\n"))
        }

        @Test("\"a test failed\": exit status 1, with the same report in every run")
        func fails() throws {
            let tool = try tool(TestCommandTests.passing.replacing("2014-03-03}]", with: "2014-03-04}]"))
            let outcome = try tool.run("test")
            #expect(outcome.status == 1)
            #expect(outcome.output.hasPrefix("FAIL  an attack\n      Rules/tests.yml:2:11\n"))
            #expect(outcome.output.hasSuffix("1 test, 1 failed\n"))
            #expect(try tool.run("test").output == outcome.output)
        }

        @Test("a test that is written wrongly fails, with its place; watch does not read it")
        func broken() throws {
            let tool = try tool(TestCommandTests.passing.replacing("onset", with: "onst"))
            let outcome = try tool.run("test")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("Rules/tests.yml:5:29: error: 'onst' is not a key of an expected alert"))
            #expect(outcome.output.contains("written wrongly"))
            #expect(try tool.run("lint").status == 1)
            #expect(try tool.run("watch").status == 0)
        }

        @Test("a key that a test does not have is told, with what may have been meant")
        func unknownKey() throws {
            let outcome = try tool(TestCommandTests.passing.replacing("    expect:", with: "    expekt:")).run("test")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("Rules/tests.yml:5:5: error: 'expekt' is not a key of a test"))
            #expect(outcome.errors.contains("did you mean 'expect'?"))
        }

        @Test("--run chooses by the name of the test or of a rule; where it chooses none the arguments are bad")
        func choice() throws {
            let tool = try tool(TestCommandTests.passing)
            #expect(try tool.run("test", "--run", "an *").status == 0)
            #expect(try tool.run("test", "--run", "ATTACK").status == 0)
            let none = try tool.run("test", "--run", "attac")
            #expect(none.status == 3 && none.errors.contains("none of the 1 tests"))
        }

        @Test(
            "the rules of this repository are covered, each threshold on both sides, and no mutant survives without a reason"
        )
        func ownRules() throws {
            let outcome = try Repository.trucewatch(["test", "--coverage", "--mutate", "Rules"], scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }

        @Test("the risk of the fixtures is covered too")
        func risk() throws {
            let outcome = try Repository.trucewatch(
                ["test", "--coverage", "--mutate", "--rules", "Fixtures/risk/rules.yml", "Fixtures/risk/tests.yml"],
                scratch: Tool())
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }

        @Test("what --coverage or --mutate finds ends it with 1")
        func gaps() throws {
            let tool = try tool(TestCommandTests.passing.replacing(", {id: b, time: +1d, type: meeting}", with: ""))
            for option in ["--coverage", "--mutate"] {
                let outcome = try tool.run("test", option)
                #expect(outcome.status == 1 && outcome.output.contains("attack: no test "), "\(outcome)")
            }
            #expect(try self.tool(TestCommandTests.passing).run("test", "--coverage", "--mutate").status == 0)
        }

        @Test("a rule book without tests is no success")
        func noTests() throws {
            let outcome = try Tool().run("test")
            #expect(outcome.status == 3 && outcome.errors.contains("no tests"))
        }

        @Test("a rule book that does not load ends it with 2")
        func unloadable() throws {
            #expect(try tool("title: x").run("test").status == 2)
        }
    }
}
