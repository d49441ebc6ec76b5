import Events
import Monitoring
import Rulebook

/// Says in one sentence why an alert was raised, with the numbers, for somebody who must act on it.
public struct Explanation: Sendable {
    private let rules: [Rule]
    private let phrases: [RulePhrases]
    private let actorNames: [String: String]
    let ceasefireTitles: [String: String]
    private let timeZone: TimeZoneRules

    /// Creates the explanations of a rule book's alerts.
    ///
    /// - Parameter timeZone: the zone of the dates in them.
    public init(rulebook: Rulebook, timeZone: TimeZoneRules = .utc) {
        rules = rulebook.rules
        phrases = rulebook.rules.map { RulePhrases($0, in: rulebook) }
        actorNames = Dictionary(rulebook.actors.map { ($0.id, $0.name ?? $0.id) }) { first, _ in first }
        ceasefireTitles = Dictionary(rulebook.ceasefires.map { ($0.id, $0.title ?? $0.id) }) { first, _ in first }
        self.timeZone = timeZone
    }

    /// The sentence, its full stop included.
    public func text(of alert: Alert) -> String {
        var bytes: [UInt8] = []
        write(alert, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the sentence as UTF-8.
    func write(_ alert: Alert, into bytes: inout [UInt8]) {
        if alert.status == .retracted {
            // With a figure it is the one known now that is told: the reader sees that it is too little.
            let isTold = alert.figure != nil
            bytes.append(isTold ? "Taken back after later reports; known now: " : "Taken back after later reports: ")
        }
        switch rules[alert.rule].body {
        case .detection: writeDetection(alert, into: &bytes)
        case .correlation(let correlation): write(alert, of: correlation, into: &bytes)
        }
        bytes.append(UInt8(ascii: "."))
    }

    private func write(_ alert: Alert, of correlation: Correlation, into bytes: inout [UInt8]) {
        let phrases = phrases[alert.rule]
        switch correlation.pattern {
        case .eventCount: writeCount(alert, phrases, into: &bytes)
        case .valueCount(let fields): writeDistinct(alert, fields, phrases, into: &bytes)
        case .valueSum(let field):
            writeFigure(alert, phrases, "\(figure(alert, phrases)) \(FieldNouns.quantity(field)) in", into: &bytes)
        case .valueAverage(let field):
            let mean = "a mean of \(figure(alert, phrases)) \(FieldNouns.quantity(field)) over"
            writeFigure(alert, phrases, mean, into: &bytes)
        case .valuePercentile(let field, let percentile):
            let what = "\(name(of: percentile)) of \(figure(alert, phrases)) \(FieldNouns.quantity(field)) over"
            writeFigure(alert, phrases, what, into: &bytes)
        case .temporal, .temporalOrdered: writeSteps(alert, correlation, phrases, into: &bytes)
        case .rateChange(let parameters): writeRate(alert, parameters, phrases, into: &bytes)
        case .absence: writeAbsence(alert, correlation, phrases, into: &bytes)
        case .share(let share): writeShare(alert, share, phrases, into: &bytes)
        case .effectiveNumber(let field): writeEffectiveNumber(alert, field, phrases, into: &bytes)
        case .reciprocity: writeReciprocity(alert, phrases, into: &bytes)
        case .newValue(let field): writeNewValue(alert, field, correlation.timespan, phrases, into: &bytes)
        case .record(let record): writeRecord(alert, record, correlation.timespan, phrases, into: &bytes)
        case .deadline: writeDeadline(alert, correlation.timespan, into: &bytes)
        case .controlChart(let chart): writeChart(alert, chart, correlation.timespan, phrases, into: &bytes)
        case .selfExciting: writeSelfExciting(alert, correlation.timespan, phrases, into: &bytes)
        }
        writeCeasefire(alert.ceasefire, into: &bytes)
    }
}

extension Explanation {
    private func writeCount(_ alert: Alert, _ phrases: RulePhrases, into bytes: inout [UInt8]) {
        bytes.append(phrases.lead)
        let count = alert.figure?.value ?? Double(alert.evidenceCount)
        bytes.append("\(PeopleNumber.text(count)) \(count == 1 ? phrases.singular : phrases.plural)")
        writeGroup(alert.group, into: &bytes)
        writeWindow(phrases, into: &bytes)
    }

    private func writeDistinct(
        _ alert: Alert, _ fields: [String], _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(figure(alert, phrases))
        bytes.append(" different ")
        bytes.append(fields.count == 1 ? FieldNouns.plural(fields[0]) : "combinations of \(listed(fields, "and"))")
        bytes.append(" in ")
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        writeWindow(phrases, into: &bytes)
    }

    private func writeFigure(_ alert: Alert, _ phrases: RulePhrases, _ what: String, into bytes: inout [UInt8]) {
        bytes.append(phrases.lead)
        bytes.append(phrases.lead.isEmpty ? capitalized(what) : what)
        bytes.append(" ")
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        writeWindow(phrases, into: &bytes)
    }

    private func writeSteps(
        _ alert: Alert, _ correlation: Correlation, _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        if case .temporalOrdered = correlation.pattern {
            bytes.append(phrases.steps.joined(separator: ", then "))
            bytes.append(", in this order")
        } else if let figure = alert.figure?.value, figure < Double(phrases.steps.count) {
            bytes.append("\(PeopleNumber.text(figure)) of \(listed(phrases.steps, "and"))")
        } else {
            bytes.append(listed(phrases.steps, "and"))
        }
        writeGroup(alert.group, into: &bytes)
        bytes.append(" ")
        bytes.append(phrases.window)
        bytes.append(" (\(contributions(alert.evidenceCount, phrases))")
        if !phrases.criterion.isEmpty { bytes.append(", \(phrases.criterion)") }
        bytes.append(")")
    }

    private func writeRate(
        _ alert: Alert, _ parameters: Correlation.RateChange, _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        bytes.append(" \(phrases.window)")
        guard let figure = alert.figure, let ratio = figure.value else { return }
        let before =
            parameters.anchor == nil
            ? "the \(parameters.baseline.words) before" : "the \(parameters.baseline.words) before the ceasefire"
        if ratio > 0, ratio.isFinite {
            let expected = Double(alert.evidenceCount) / ratio
            bytes.append(" against \(PeopleNumber.text(expected)) expected from \(before)")
        } else {
            bytes.append(" against the rate of \(before)")
        }
        let bounds = parameters.ratio?.terms.map(\.value) ?? []
        bytes.append(": ratio \(PeopleNumber.text(ratio, apartFrom: bounds))")
        if let interval = figure.interval {
            let high = interval.high.isFinite ? "to \(PeopleNumber.text(interval.high))" : "upwards"
            bytes.append(" (95 % interval \(PeopleNumber.text(interval.low)) \(high))")
        }
        if let pValue = figure.pValue { bytes.append(", \(PeopleNumber.pValuePhrase(pValue))") }
    }

    private func writeAbsence(
        _ alert: Alert, _ correlation: Correlation, _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(phrases.lead.isEmpty ? "No \(phrases.singular)" : "none")
        writeGroup(alert.group, into: &bytes)
        let silence = correlation.timespan + rules[alert.rule].options.for
        bytes.append(" for \(silence.words)")
        bytes.append(phrases.after.isEmpty ? " since " : " after \(phrases.after) of ")
        write(date: alert.onset - silence, into: &bytes)
    }

    private func writeDetection(_ alert: Alert, into bytes: inout [UInt8]) {
        guard let event = alert.events.first else {
            bytes.append("One event matches")
            return writeCeasefire(alert.ceasefire, into: &bytes)
        }
        bytes.append(eventNoun(event.type))
        if let place = event.place {
            bytes.append(" in \(place)")
        } else {
            bytes.append(places(alert.group))
        }
        if event.isMutual, let initiator = event.initiator, let target = event.target {
            bytes.append(" between \(initiator) and \(target)")
        } else {
            if let initiator = event.initiator { bytes.append(" by \(initiator)") }
            if let target = event.target { bytes.append(" against \(target)") }
        }
        if let fatalities = event.fatalities {
            bytes.append(fatalities == 0 ? ", no deaths reported" : ", \(PeopleNumber.text(fatalities)) killed")
        }
        writeCeasefire(alert.ceasefire, into: &bytes)
        if var reason = event.breachReason {
            while reason.hasSuffix(".") { reason.removeLast() }
            bytes.append(": \(reason)")
        }
    }
}

extension Explanation {
    func figure(_ alert: Alert, _ phrases: RulePhrases) -> String {
        PeopleNumber.text(alert.figure?.value ?? Double(alert.evidenceCount), apartFrom: phrases.bounds)
    }

    func contributions(_ count: Int, _ phrases: RulePhrases) -> String {
        "\(PeopleNumber.text(Double(count))) \(count == 1 ? phrases.singular : phrases.plural)"
    }

    private func name(of percentile: Correlation.Percentile) -> String {
        let hundredth = Double(percentile.numerator) * 100 / Double(percentile.denominator)
        return hundredth == 50 ? "a median" : "a percentile \(NumberText.shortest(hundredth))"
    }

    private func eventNoun(_ type: String?) -> String {
        guard let type, let first = type.unicodeScalars.first else { return "Event" }
        return first.properties.isAlphabetic
            ? capitalized(FieldNouns.underscoresAsSpaces(type)) : "Event of type \(type)"
    }

    func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    func listed(_ items: [String], _ conjunction: String) -> String {
        guard items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(conjunction) " + items[items.count - 1]
    }

    func writeWindow(_ phrases: RulePhrases, into bytes: inout [UInt8]) {
        bytes.append(" ")
        bytes.append(phrases.window)
        if !phrases.criterion.isEmpty { bytes.append(" (\(phrases.criterion))") }
    }

    private func writeCeasefire(_ ceasefire: Alert.CeasefireState?, into bytes: inout [UInt8]) {
        guard let ceasefire else { return }
        switch ceasefire.phase {
        case "in_force":
            guard let day = ceasefire.day else { return bytes.append(", while the ceasefire is in force") }
            if day == 0 { return bytes.append(", on the first day of the ceasefire") }
            bytes.append(", \(PeopleNumber.text(Double(day))) \(day == 1 ? "day" : "days") into the ceasefire")
        case "suspended": bytes.append(", while the ceasefire is suspended")
        case "after": bytes.append(", after the end of the ceasefire")
        case "before": bytes.append(", before the ceasefire takes effect")
        default: bytes.append(", ceasefire \(ceasefire.phase)")
        }
    }

    func write(date instant: Instant, into bytes: inout [UInt8]) {
        let civil = CivilTime(instant, in: timeZone)
        bytes.append(civil.dayInWords)
        guard !civil.isMidnight else { return }
        bytes.append(", ")
        bytes.append(timeOfDay: civil)
        let offset = timeZone.offset(at: instant)
        bytes.append(offset == 0 ? " UTC" : " " + InstantText.offset(offset))
    }
}

extension Explanation {
    /// What a group says of who, against whom, where and what else: ` by X against Y in Peshawar with type bombing`.
    func writeGroup(_ group: [Alert.GroupValue], into bytes: inout [UInt8]) {
        var by: String?
        var against: String?
        var others: [String] = []
        for member in group where member.value != .absent && !Explanation.placeFields.contains(member.field) {
            let text = GroupText.text(of: member.value)
            switch member.field {
            case "initiator", "by", "breach.side": by = by ?? text
            case "initiator.actor", "initiator.party", "by.actor", "by.party": by = by ?? actorNames[text] ?? text
            case "target", "breach.against": against = against ?? text
            case "target.actor", "target.party": against = against ?? actorNames[text] ?? text
            case "ceasefire": others.append("under \(text)")
            case "about": others.append("about \(text)")
            default: others.append("with \(member.field) \(text)")
            }
        }
        if let by { bytes.append(" by \(by)") }
        if let against { bytes.append(" against \(against)") }
        bytes.append(places(group))
        for other in others { bytes.append(" \(other)") }
    }

    private static let placeFields = ["place", "admin2", "admin1", "country"]

    private func places(_ group: [Alert.GroupValue]) -> String {
        let names = Explanation.placeFields.compactMap { field in
            group.first { $0.field == field && $0.value != .absent }.map { GroupText.text(of: $0.value) }
        }
        return names.isEmpty ? "" : " in \(names.joined(separator: ", "))"
    }
}
