import ArgumentParser
import Events
import Monitoring
import Reporting
import Rulebook

/// What every command that reads incidents takes.
struct RunOptions: ParsableArguments {
    @Argument(
        help: "Files of incidents: JSON Lines, JSON or CSV, also gzipped. '-', or none, is standard input.",
        completion: .file())
    var files: [String] = []

    @OptionGroup var rulebook: RulebookOptions

    @Option(help: "How a source calls its columns: a name, or a YAML file. (default: recognised from the input)")
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "How far stream time stays behind the latest event, such as 6h: more delay, fewer corrections.",
            valueName: "duration"),
        transform: Duration.read)
    var lateness: Timespan = .zero

    @Option(
        help: ArgumentHelp(
            """
            How far back a late report still revises alerts, such as 400d, or unlimited. (default: unlimited for files, \
            400d for streams)
            """, valueName: "duration"),
        transform: Duration.readLimit)
    var horizon: Timespan?

    @Option(help: ArgumentHelp("Up to when the input is complete, such as 2014-05-01.", valueName: "instant"))
    var until: String?

    @Option(help: "The zone of times without an offset and of times shown, such as Asia/Karachi. (default: UTC)")
    var timeZone: String?

    @Option(help: "How alerts are written: text, jsonl, or auto: text on a terminal.")
    var format: OutputFormat = .auto

    @Option(help: ArgumentHelp("Keep the records that could not be used in this file.", valueName: "file"))
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "How much a gzipped source may unpack to, such as 512M, or unlimited. (default: 64G)", valueName: "size"),
        transform: ByteSize.readLimit)
    var unpackLimit: Int?

    @Flag(help: "End at the first bad record, with exit status 4.")
    var strict = false

    @Option(help: "Whether to colour: auto, always or never.")
    var color: ColorChoice = .auto

    @Flag(help: "No progress and no summary on standard error.")
    var quiet = false

    /// How far back a late report still revises alerts where the input is a stream.
    private static let streamHorizon = Timespan(milliseconds: 400 * 86_400_000)

    /// Checks everything, in the order in which somebody would mend it, and loads the rule book.
    func plan(isFinal: Bool) throws(Failure) -> RunPlan { try plan(isFinal: isFinal, live: nil) }

    /// The plan of a run over sources that may never end.
    ///
    /// - Parameters:
    ///   - follows: whether files are followed.
    ///   - keepsRecords: whether the records are kept as they came.
    func livePlan(follows: Bool, keepsRecords: Bool, names: [SourceName]) throws(Failure) -> RunPlan {
        var plan = try plan(isFinal: false, live: names)
        if !follows, horizon == nil, names.allSatisfy({ $0.paths.allSatisfy(RunOptions.isRegular) }) {
            plan.monitorOptions.horizon = .unlimited
        }
        plan.monitorOptions.tellsEvents = keepsRecords
        plan.readerOptions.keepsBytes = rejects != nil || keepsRecords
        return plan
    }

    private static func isRegular(_ path: String) -> Bool { (try? FileStatus(path: path))?.kind == .regular }

    private func plan(isFinal: Bool, live names: [SourceName]?) throws(Failure) -> RunPlan {
        let console = Console(color: color, isQuiet: quiet)
        let zone = try timeZone.map { name throws(Failure) in try TimeZones.find(name) } ?? .utc
        let until = try until.map { text throws(Failure) in try RunOptions.instant(text, of: "--until", in: zone) }
        let rulebook = try rulebook.load(timeZone: zone, console: console)
        let profile = try profile.map { name throws(Failure) in
            try Profiles.find(name, in: rulebook, timeZone: zone, console: console)
        }
        if let name = profile?.timeZone { _ = try TimeZones.find(name) }
        let inputs = names == nil ? try Input.all(files) : []
        var monitorOptions = Monitor.Options()
        monitorOptions.lateness = lateness
        monitorOptions.horizon =
            horizon
            ?? (names == nil && inputs.allSatisfy(\.isRegular) ? .unlimited : RunOptions.streamHorizon)
        monitorOptions.timeZone = zone
        monitorOptions.keepsStanding = isFinal
        var readerOptions = Reader.Options()
        readerOptions.profile = profile
        readerOptions.timeZone = zone
        readerOptions.findTimeZone = { try? TimeZones.find($0) }
        readerOptions.keepsBytes = rejects != nil
        if let unpackLimit { readerOptions.unpackLimit = unpackLimit }
        if inputs.contains(where: \.isStandardInput) || names?.contains(.standardInput) == true,
            FileDescriptor.standardInput.isTerminal
        {
            console.remark("reading incidents from this terminal, one JSON object a line; end with Ctrl-D")
        }
        return RunPlan(
            rulebook: rulebook, inputs: inputs, console: console, monitorOptions: monitorOptions,
            readerOptions: readerOptions, timeZone: zone, until: until, format: format, color: color,
            rejectsPath: rejects, isStrict: strict, isFinal: isFinal)
    }

    /// The instant that an option gives.
    static func instant(_ text: String, of option: String, in zone: TimeZoneRules) throws(Failure) -> Instant {
        guard let time = TimeText.read(text, in: zone) else {
            throw Failure(
                .configuration,
                "\(option) '\(text)': not a time; write it as 2014-05-01 or 2014-05-01T12:00:00+05:00")
        }
        return time.instant
    }
}
