import ArgumentParser
import Events
import Rulebook

/// What a run takes whose sources may never end.
struct FollowOptions: ParsableArguments {
    @Flag(
        name: [.customShort("F"), .long],
        help:
            "Follow files as they grow, are rotated or replaced, also those of folders and patterns that appear later.")
    var follow = false

    @Option(
        help: ArgumentHelp(
            "Remember in this file what was read and said, so that the next run goes on from there.", valueName: "file"),
        completion: .file())
    var state: String?

    @Option(
        help: ArgumentHelp("Write the alerts to this file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Read the rule book again when its files change, as on SIGHUP. Needs --follow and --state.")
    var reload = false

    @Flag(help: "Let the wall clock take stream time on while all sources are idle. Needs --follow.")
    var clock = false

    @Option(
        help: ArgumentHelp(
            "How long nothing must come of a source for it to be idle. (default: 1m)", valueName: "duration"),
        transform: Duration.read)
    var idleAfter = Timespan(milliseconds: 60_000)

    /// Whether a run is asked for that an ordinary one is not.
    var isLive: Bool { follow || state != nil || output != nil }

    /// The plan of such a run.
    func plan(_ options: RunOptions) throws(Failure) -> LivePlan {
        try check(options)
        let names = try SourceName.all(options.files, follows: follow)
        // Read again, the rule book is read and checked in the same way.
        let replan = { () throws(Failure) -> RunPlan in
            try options.livePlan(follows: follow, keepsRecords: state != nil, names: names)
        }
        let base = try replan()
        let rules = options.rulebook.paths.isEmpty ? [RulebookFiles.standardFolder] : options.rulebook.paths
        return LivePlan(
            base: base, names: names, follows: follow, statePath: state, outputPath: output, usesClock: clock,
            idleAfter: Int(clamping: idleAfter.milliseconds), watchedRules: reload ? rules : [], replan: replan)
    }

    private func check(_ options: RunOptions) throws(Failure) {
        if options.until != nil {
            throw Failure(
                .configuration, "--until is for a finite input; with --follow, --state or --output leave it out")
        }
        if clock, !follow { throw Failure(.configuration, "--clock needs --follow: without it the run does not wait") }
        if reload, !follow || state == nil {
            throw Failure(
                .configuration, "--reload needs --follow, and --state FILE, from whose events changed rules are derived"
            )
        }
        let paths = [("--state", state), ("--output", output), ("--rejects", options.rejects)]
        for (index, first) in paths.enumerated() {
            for second in paths[(index + 1)...] where first.1 != nil && first.1 == second.1 {
                throw Failure(.configuration, "\(first.0) and \(second.0) name the same file")
            }
            if let path = first.1, options.files.contains(path) {
                throw Failure(.configuration, "\(first.0) \(path): this file is an input; it would be overwritten")
            }
        }
    }
}
