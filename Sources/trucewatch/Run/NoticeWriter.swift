import Monitoring
import Reporting
import Rulebook

/// Writes what is told as JSON Lines, and for people.
struct NoticeWriter {
    /// Whether people are meant to read the output.
    let isText: Bool
    private var alerts: AlertEncoder
    private let risks: RiskEncoder
    private let alertText: AlertText
    private let riskText: RiskText

    /// - Parameter output: where it goes, which decides of colour and width.
    init(_ plan: RunPlan, output: FileDescriptor) {
        var options = AlertText.Options()
        options.timeZone = plan.timeZone
        options.isColoured = plan.color.isColoured(output)
        if let width = output.terminalWidth { options.width = width }
        isText = plan.format.isText(onTerminal: output.isTerminal)
        alerts = AlertEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
        risks = RiskEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
        alertText = AlertText(rulebook: plan.rulebook, options: options)
        riskText = RiskText(rulebook: plan.rulebook, options: options)
    }

    /// Appends a notice as the output wants it.
    mutating func write(_ notice: Notice, into bytes: inout [UInt8]) {
        if isText { writeText(notice, into: &bytes) } else { writeLine(notice, into: &bytes) }
    }

    /// Appends a notice as a line of JSON.
    mutating func writeLine(_ notice: Notice, into bytes: inout [UInt8]) {
        switch notice {
        case .alert(let alert): alerts.encode(alert, into: &bytes)
        case .risk(let risk): risks.encode(risk, into: &bytes)
        }
    }

    /// Appends a notice as a block of text.
    func writeText(_ notice: Notice, into bytes: inout [UInt8]) {
        switch notice {
        case .alert(let alert): alertText.write(alert, into: &bytes)
        case .risk(let risk): riskText.write(risk, into: &bytes)
        }
    }
}
