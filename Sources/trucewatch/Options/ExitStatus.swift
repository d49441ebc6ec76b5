import Diagnostics

/// How a run ended, as the shell sees it.
enum ExitStatus: Int32 {
    /// Done; nothing to report.
    case done = 0
    /// `check`: alerts at or above the level; `test`: a test failed; `lint`: findings.
    case findings = 1
    /// The rule book does not load.
    case rulebook = 2
    /// Bad arguments or configuration.
    case configuration = 3
    /// An input could not be read, or `--strict` met a bad record.
    case input = 4
}

/// Why a run cannot go on: what is wrong, where, why, and what to do; and how it ends.
struct Failure: Error {
    var status: ExitStatus
    var messages: [String]
    /// What is wrong with the rule book, where that is why, and the files that it was read from.
    var diagnostics: [Diagnostic] = []
    var files: [String] = []

    init(_ status: ExitStatus, _ messages: String...) {
        self.status = status
        self.messages = messages
    }

    init(_ status: ExitStatus, _ messages: [String]) {
        self.status = status
        self.messages = messages
    }
}
