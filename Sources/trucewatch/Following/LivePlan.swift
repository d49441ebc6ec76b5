import Rulebook

/// What a run over sources that may never end needs to know, beside what every run does.
struct LivePlan {
    /// What every run needs to know; it has no inputs.
    var base: RunPlan
    /// What is read.
    var names: [SourceName]
    /// Whether files are followed; if not, each is read to its end.
    var follows: Bool
    /// The file of the ledger; nil for none.
    var statePath: String?
    /// The file that alerts go to; nil for standard output.
    var outputPath: String?
    /// Whether the wall clock takes stream time on while the sources are idle.
    var usesClock: Bool
    /// How long nothing must come of a source for it to be idle, in milliseconds.
    var idleAfter: Int
    /// The files and folders of the rule book, watched for changes; empty where they are not.
    var watchedRules: [String]
    /// Reads the rule book again and plans anew.
    var replan: () throws(Failure) -> RunPlan
}
