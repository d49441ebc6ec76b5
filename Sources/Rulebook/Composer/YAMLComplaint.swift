import Diagnostics

/// What is said where libyaml cannot go on: its words are for those who know how it works.
struct YAMLComplaint {
    let message: String
    let location: Location
    let help: [String]

    init(_ error: YAMLError, in source: SourceText) {
        let here = source.location(from: error.position, to: error.position + 1)
        let beginning = error.beginning.map { source.location(from: $0, to: $0 + 1) }
        let character = source.character(at: here)
        let said = YAMLComplaint.all.first {
            error.message.contains($0.message) && error.activity.contains($0.activity)
                && $0.character ?? character == character
        }
        guard let said else {
            message = error.activity.isEmpty ? error.message : "\(error.message), \(error.activity)"
            location = here
            help = []
            return
        }
        // Where nothing stands before it on its line, no quote there is to blame, but how far the line is indented.
        let before = source.line(here.line)?.prefix(max(0, here.column - 1)) ?? ""
        let isIndented = before.allSatisfy(\.isWhitespace)
        message = said.say(character)
        // What goes on over several lines is wrong where it begins, what ends on its line where it stops.
        location =
            said.isAtBeginning && beginning?.line != here.line || said.isAlwaysAtBeginning ? beginning ?? here : here
        help = isIndented ? said.helpOfIndentation ?? said.help : said.help
    }

    private struct Known {
        var message: String
        var activity = ""
        /// The character at which it stopped; nil for any.
        var character: String?
        /// Whether the mistake is where libyaml began, if that is on another line than where it stopped; or in any case.
        var isAtBeginning = false
        var isAlwaysAtBeginning = false
        var help: [String]
        /// What helps where nothing stands before it on its line.
        var helpOfIndentation: [String]?
        var say: @Sendable (String) -> String
    }

    private static let all: [Known] = [
        Known(message: "cannot start any token", character: "\t", help: ["indent with spaces"]) { _ in
            "a tab cannot indent a line"
        },
        Known(message: "cannot start any token", help: ["put the text in quotes"]) {
            "no text can begin with '\($0)' without quotes"
        },
        Known(
            message: "mapping values are not allowed",
            help: [
                "put a text that contains ': ' in quotes",
                "begin the keys of one mapping in the same column, here or in the line before",
            ]
        ) { _ in "there is a key before this ':' already, or the line is indented further than the one before" },
        Known(
            message: "did not find expected alphabetic", activity: "alias", isAlwaysAtBeginning: true,
            help: ["put a text that begins with * or & in quotes"]
        ) { _ in "a text cannot begin with this character: it would be an alias" },
        Known(
            message: "could not find expected ':'", isAtBeginning: true,
            help: ["write a key, a colon, a space and the value; put a text of several lines in quotes"]
        ) { _ in "this line is no key with its value" },
        Known(
            message: "", activity: "flow mapping", isAtBeginning: true,
            help: ["close them, or look for a comma or a quote that is missing in them"]
        ) { _ in "the braces are not closed, or a comma is missing in them" },
        Known(
            message: "", activity: "flow sequence", isAtBeginning: true,
            help: ["close them, or look for a comma or a quote that is missing in them"]
        ) { _ in "the brackets are not closed, or a comma is missing in them" },
        Known(
            message: "", activity: "quoted scalar", isAtBeginning: true,
            help: ["close it; within '...' a quote is written twice: ''"]
        ) {
            _ in "the text in quotes has no end"
        },
        Known(
            message: "", activity: "block scalar", isAlwaysAtBeginning: true,
            help: ["write a condition such as {gte: 2}; put a text that begins with > or | in quotes"]
        ) { _ in "a text of several lines begins with this character, and nothing else stands on its line" },
        Known(
            message: "did not find expected key", activity: "block mapping",
            help: ["keys of one mapping begin in the same column; within '...' a quote is written twice: ''"],
            helpOfIndentation: ["keys of one mapping begin in the same column"]
        ) { _ in "a key is expected here" },
        Known(
            message: "did not find expected '-' indicator",
            help: ["items of one list begin in the same column, each with '- '"]
        ) { _ in "another item of the list is expected here, or a line that is indented less" },
    ]
}
