import Diagnostics
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

    /// The id of the event that is meant: by its id, or by `FILE:LINE`, where its record begins.
    func id(of event: String) throws(Failure) -> String {
        guard let colon = event.lastIndex(of: ":"), let line = Int(event[event.index(after: colon)...]),
            plan.inputs.contains(where: { $0.name == event[..<colon] })
        else { return event }
        var found: String?
        try forEachRecord { id, place in if place.file == event[..<colon], place.line == line { found = id } }
        if let found { return found }
        throw Failure(.configuration, "--event '\(event)': no record that can be used begins on this line")
    }

    /// Where the records stand of events that are named by a digest, since their records have no id: `FILE:LINE` by id.
    func places(of ids: Set<String>) throws(Failure) -> [String: String] {
        let wanted = ids.filter(Replay.isDigest)
        if wanted.isEmpty { return [:] }
        var places: [String: String] = [:]
        try forEachRecord { id, place in if wanted.contains(id) { places[id] = "\(place.file):\(place.line)" } }
        return places
    }

    /// Whether an id is made as those of records without one are: 16 hexadecimal digits, and a number among equal ones.
    private static func isDigest(_ id: String) -> Bool {
        let digits = id.prefix { $0 != "-" }
        return digits.utf8.count == 16 && UInt64(digits, radix: 16) != nil
    }

    /// Reads the inputs for the ids of their records and where each begins.
    private func forEachRecord(_ body: (String, Location) -> Void) throws(Failure) {
        let decoding = Decoding(schema: Schema(), options: plan.readerOptions)
        for input in plan.inputs {
            do {
                let file = try input.open()
                defer { file.close() }
                decoding.open(source: input.name)
                var isAtEnd = false
                while !isAtEnd {
                    let batch = try decoding.next(from: file)
                    isAtEnd = batch.byteCount == 0
                    var start = 0
                    for (end, line) in zip(batch.batch.idEnds, batch.batch.lines) {
                        let id = String(decoding: batch.batch.idBytes[start..<Int(end)], as: UTF8.self)
                        body(id, Location(file: input.name, line: line))
                        start = Int(end)
                    }
                }
            } catch {
                throw Failure(.input, "\(input.name): cannot be read: \(error.reason)")
            }
        }
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
