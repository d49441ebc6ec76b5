import Events
import Monitoring
import Rulebook

/// Reads the inputs of a run as often as is asked, each time with another rule book.
struct Replay {
    private let plan: RunPlan
    private let rejections: RejectionLog

    init(_ plan: RunPlan) throws(Failure) {
        guard plan.inputs.allSatisfy(\.isRegular) else {
            throw Failure(
                .configuration, "the input is read more than once: name files instead of standard input or a pipe")
        }
        self.plan = plan
        rejections = try RejectionLog(console: plan.console, path: nil, inputs: plan.inputs)
    }

    /// The alerts that stand at the end.
    func standing(_ rulebook: Rulebook) throws(Failure) -> [Alert] {
        var options = plan.monitorOptions
        options.emitsChanges = false
        options.tellsPeaksSoFar = true
        return try follow(rulebook, options) { _ in }
    }

    /// What was said last of an alert.
    func alert(_ id: String, _ rulebook: Rulebook) throws(Failure) -> Alert {
        var last: Alert?
        let standing = try follow(rulebook, plan.monitorOptions) { alert in
            if alert.id == id || alert.replaces == id { last = alert }
        }
        if let alert = standing.first(where: { $0.id == id }) { return alert }
        if let last, last.status != .retracted { return last }
        let state =
            last == nil ? "no rule has raised an alert of this id" : "this alert was retracted: it does not stand"
        throw Failure(.configuration, "--alert '\(id)': \(state)")
    }

    private func follow(
        _ rulebook: Rulebook, _ options: Monitor.Options, emit: (Alert) -> Void
    ) throws(Failure) -> [Alert] {
        var monitor = Monitor(rulebook: rulebook, options: options)
        let decoding = Decoding(schema: monitor.schema, options: plan.readerOptions)
        var translation = SymbolTranslation()
        var symbols = SymbolTable()
        for input in plan.inputs {
            do {
                let file = try input.open()
                defer { file.close() }
                decoding.open(source: input.name)
                var isAtEnd = false
                while !isAtEnd {
                    var piece = try decoding.next(from: file)
                    isAtEnd = piece.byteCount == 0
                    translation.translate(&piece.batch, newValues: piece.newValues, into: &symbols)
                    monitor.receive(piece.batch, symbols: &symbols, emit: emit, refuse: { _ in })
                }
            } catch {
                throw Failure(.input, "\(input.name): cannot be read: \(error.reason)")
            }
        }
        monitor.finish(until: plan.until, symbols: &symbols, emit: emit)
        return monitor.standing(symbols: symbols)
    }
}
