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
}
