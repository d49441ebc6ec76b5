import ArgumentParser
import Diagnostics
import Events
import Monitoring
import Reporting
import RuleTesting
import Rulebook

/// `trucewatch explain`: why rules fired, or did not.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a rule fired, or did not: of an event, of an alert, or of a rule over a file.",
        discussion: """
            Of an event: its verdict on a breach with the reason, each rule with the values that it met, and the windows it \
            counts in. Of a rule: where it fired, and the near misses in order of nearness. Of an alert: what it rests on, on \
            a line of time. The input is read more than once, so that it must be files.

            EXAMPLES
              Why is this no breach by a signatory?
                trucewatch explain --event 2014-03-03-islamabad-court incidents.jsonl
              Where did this rule nearly fire?
                trucewatch explain --rule repeated-attacks --near 10 incidents.jsonl
              What does this alert rest on?
                trucewatch explain --alert 5f0c1d6be2a94c77 incidents.jsonl

            EXIT STATUS
              0 done, 2 the rule book does not load, 3 bad arguments, or no such event, alert or rule, 4 an input could not be \
            read
            """)

    @OptionGroup var options: RunOptions

    @Option(
        help: ArgumentHelp("The event to explain: its id, or FILE:LINE, where its record begins.", valueName: "id"))
    var event: String?

    @Option(help: ArgumentHelp("The alert to explain, as the output names it.", valueName: "id"))
    var alert: String?

    @Option(
        help: ArgumentHelp("The rule to explain; with --event, the only rule to explain it for.", valueName: "name"))
    var rule: String?

    @Option(help: ArgumentHelp("How many near misses, and how many alerts, are told.", valueName: "n"))
    var near = 5

    func validate() throws {
        if event == nil, alert == nil, rule == nil {
            throw ValidationError("what is to be explained? Give --event ID, --alert ID or --rule NAME")
        }
        if alert != nil, event != nil || rule != nil {
            throw ValidationError("--alert stands alone: an alert has its rule and its events")
        }
        if near < 1 { throw ValidationError("--near: a number of at least 1") }
    }

    func run() throws {
        let plan = try options.plan(isFinal: true)
        let rule = try rule.map { name throws(Failure) in try index(of: name, plan.rulebook) }
        let replay = try Replay(plan)
        let explainer = Explainer(rulebook: plan.rulebook, limit: near) { try replay.standing($0) }
        let style = TextStyle(isColoured: plan.color.isColoured(.standardOutput))
        var text = ExplanationText(rulebook: plan.rulebook, timeZone: plan.timeZone, style: style, limit: near)
        let json = ExplanationJSON(rulebook: plan.rulebook)
        let isText = plan.format.isText(onTerminal: FileDescriptor.standardOutput.isTerminal)
        if let event {
            let id = try replay.id(of: event)
            guard let explanation = try explainer.explain(event: id, rules: rule.map { [$0] }) else {
                throw Failure(.configuration, "--event '\(event)': no event in force has this id")
            }
            if isText { text.places = try replay.places(of: explanation.events) }
            try write(isText ? Array(text.text(explanation).utf8) : json.line(explanation))
        } else if let alert {
            let found = try replay.alert(alert, plan.rulebook)
            if case .detection = plan.rulebook.rules[found.rule].body, let event = found.events.first,
                let explanation = try explainer.explain(event: event.id, rules: [found.rule])
            {
                if isText { text.places = try replay.places(of: explanation.events) }
                return try write(isText ? Array(text.text(explanation).utf8) : json.line(explanation))
            }
            let explanation = try explainer.explain(rule: found.rule, alert: found)
            if isText { text.places = try replay.places(of: explanation.events) }
            try write(isText ? Array(text.text(explanation).utf8) : json.line(explanation))
        } else if let rule {
            let explanation = try explainer.explain(rule: rule)
            if isText { text.places = try replay.places(of: explanation.events) }
            try write(isText ? Array(text.text(explanation).utf8) : json.line(explanation))
        }
    }

    private func index(of name: String, _ rulebook: Rulebook) throws(Failure) -> RuleReference {
        if let index = rulebook.rules.firstIndex(where: { $0.name == name }) { return index }
        let help = Suggestion.help(for: name, among: rulebook.rules.map(\.name))
        throw Failure(.configuration, ["--rule '\(name)': there is no such rule"] + help)
    }

    private func write(_ bytes: [UInt8]) throws(Failure) {
        do {
            try FileDescriptor.standardOutput.write(bytes)
        } catch {
            if error == .brokenPipe { return }
            throw Failure(.input, "standard output cannot be written: \(error.reason)")
        }
    }
}
