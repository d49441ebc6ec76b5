import Monitoring
import Reporting
import Rulebook

/// Writes what is told as JSON Lines, and for people.
struct MessageWriter {
    /// Whether people are meant to read the output.
    let isText: Bool
    private var alerts: AlertEncoder
    private let risks: RiskEncoder
    private let alertText: AlertText
    private let riskText: RiskText
    private let statistics: StatisticEncoder
    private let statisticTable: StatisticTable

    /// - Parameter output: where it goes, which decides of colour and width.
    init(_ plan: RunPlan, output: FileDescriptor) {
        let options = plan.textOptions(for: output)
        isText = plan.format.isText(onTerminal: output.isTerminal)
        alerts = AlertEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
        risks = RiskEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
        alertText = AlertText(rulebook: plan.rulebook, options: options)
        riskText = RiskText(rulebook: plan.rulebook, options: options)
        statistics = StatisticEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
        statisticTable = StatisticTable(rulebook: plan.rulebook, options: options)
    }

    /// Appends a message as the output wants it.
    mutating func write(_ message: Message, into bytes: inout [UInt8]) {
        if isText { writeText(message, into: &bytes) } else { writeLine(message, into: &bytes) }
    }

    /// Appends a message as a line of JSON.
    mutating func writeLine(_ message: Message, into bytes: inout [UInt8]) {
        switch message {
        case .notice(.alert(let alert)): alerts.encode(alert, into: &bytes)
        case .notice(.risk(let risk)): risks.encode(risk, into: &bytes)
        case .statistic(let line): statistics.encode(line, into: &bytes)
        }
    }

    /// Appends a message as a block of text.
    func writeText(_ message: Message, into bytes: inout [UInt8]) {
        switch message {
        case .notice(.alert(let alert)): alertText.write(alert, into: &bytes)
        case .notice(.risk(let risk)): riskText.write(risk, into: &bytes)
        case .statistic(let line): statisticTable.write(line, into: &bytes)
        }
    }
}
