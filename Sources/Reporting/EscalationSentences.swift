import Events
import Monitoring
import Rulebook

// What is said of the patterns of escalation: SPEC section 7.
extension Explanation {
    func writeShare(_ alert: Alert, _ share: Correlation.Share, _ phrases: RulePhrases, into bytes: inout [UInt8]) {
        func titles(_ positions: Set<Int>) -> String { listed(positions.sorted().map { phrases.steps[$0] }, "or") }
        let figure = alert.figure?.value
        bytes.append("\(titles(share.of)): ")
        if let field = share.field {
            bytes.append("a share of \(self.figure(alert, phrases)) of the \(FieldNouns.quantity(field)) in ")
        } else if let figure, figure > 0 {
            let whole = (Double(alert.evidenceCount) / figure).rounded()
            bytes.append("\(PeopleNumber.text(Double(alert.evidenceCount))) of \(PeopleNumber.text(whole)) events of ")
        } else {
            bytes.append("\(contributions(alert.evidenceCount, phrases)) among ")
        }
        bytes.append(titles(share.among))
        writeGroup(alert.group, into: &bytes)
        bytes.append(" \(phrases.window)")
        if share.field == nil, figure != nil { bytes.append(", a share of \(self.figure(alert, phrases))") }
        let counted = share.field == nil ? "" : contributions(alert.evidenceCount, phrases)
        let notes = [counted, phrases.criterion].filter { !$0.isEmpty }
        if !notes.isEmpty { bytes.append(" (\(notes.joined(separator: ", ")))") }
    }

    func writeEffectiveNumber(
        _ alert: Alert, _ field: String, _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        bytes.append(alert.evidenceCount == 1 ? " amounts to " : " amount to ")
        bytes.append("\(figure(alert, phrases)) \(FieldNouns.plural(field)) of equal weight")
        writeWindow(phrases, into: &bytes)
    }

    func writeReciprocity(_ alert: Alert, _ phrases: RulePhrases, into bytes: inout [UInt8]) {
        bytes.append(phrases.lead)
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        let answers = alert.figure?.value ?? 0
        bytes.append(" in which one side and the other answer in turn, \(PeopleNumber.text(answers)) ")
        bytes.append(answers == 1 ? "answer" : "answers")
        writeWindow(phrases, into: &bytes)
    }

    func writeNewValue(
        _ alert: Alert, _ field: String, _ memory: Timespan, _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        let figure = alert.figure?.value ?? 0
        bytes.append(alert.evidenceCount == 1 ? " brings " : " bring ")
        bytes.append(
            "\(PeopleNumber.text(figure)) \(figure == 1 ? FieldNouns.singular(field) : FieldNouns.plural(field))")
        bytes.append(" not seen in the \(memory.words) before")
        if phrases.bounds != [1] { bytes.append(" (\(phrases.criterion))") }
    }

    func writeRecord(
        _ alert: Alert, _ record: Correlation.Record, _ timespan: Timespan, _ phrases: RulePhrases,
        into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        if let field = record.field {
            bytes.append("\(figure(alert, phrases)) \(FieldNouns.quantity(field)) in ")
        }
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        bytes.append(
            " \(phrases.window), no fewer than in any \(timespan.words) of the \(record.baseline.words) before")
        bytes.append(" (floor \(PeopleNumber.text(record.floor)))")
    }

    func writeSelfExciting(
        _ alert: Alert, _ background: Timespan, _ phrases: RulePhrases, into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        bytes.append(" within \(background.words), of late so close upon each other that more are to be expected at ")
        bytes.append("\(figure(alert, phrases)) times that rate (\(phrases.criterion))")
    }

    func writeChart(
        _ alert: Alert, _ chart: Correlation.ControlChart, _ bin: Timespan, _ phrases: RulePhrases,
        into bytes: inout [UInt8]
    ) {
        bytes.append(phrases.lead)
        bytes.append(contributions(alert.evidenceCount, phrases))
        writeGroup(alert.group, into: &bytes)
        bytes.append(" in \(bin.words), out of line with a baseline of \(chart.baseline) such periods: ")
        let figure = figure(alert, phrases)
        switch chart.method {
        case .cusum: bytes.append("CUSUM \(figure) (limit \(PeopleNumber.text(chart.h)))")
        case .ewma: bytes.append("EWMA \(figure), over a limit of \(PeopleNumber.text(chart.l)) deviations")
        case .earsC1, .earsC2, .earsC3:
            let name = chart.method.rawValue.suffix(2).uppercased()
            bytes.append("EARS \(name) \(figure) (limit \(PeopleNumber.text(chart.z)))")
        }
    }

    func writeDeadline(_ alert: Alert, _ before: Timespan, into bytes: inout [UInt8]) {
        let id = alert.group.first.map { GroupText.text(of: $0.value) } ?? "the ceasefire"
        bytes.append("“\(ceasefireTitles[id] ?? id)” runs out within \(before.words), and nobody has extended it")
    }
}
