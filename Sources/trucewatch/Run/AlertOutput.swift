import Events
import Monitoring
import Reporting
import Rulebook

/// Where alerts go: standard output, as text or as JSON Lines.
final class AlertOutput {
    private static let bufferSize = 64 << 10

    private var encoder: AlertEncoder?
    private var text: AlertText?
    private var buffer: [UInt8] = []
    private let output = FileDescriptor.standardOutput
    private let console: Console
    /// Why nothing more can be written; nil while it can.
    private(set) var failure: SystemError?

    init(_ plan: RunPlan) {
        console = plan.console
        guard plan.writesAlerts else { return }
        guard plan.format.isText(onTerminal: output.isTerminal) else {
            encoder = AlertEncoder(rulebook: plan.rulebook, timeZone: plan.timeZone)
            return
        }
        var options = AlertText.Options()
        options.timeZone = plan.timeZone
        options.isColoured = plan.color.isColoured(output)
        if let width = output.terminalWidth { options.width = width }
        text = AlertText(rulebook: plan.rulebook, options: options)
    }

    /// Writes an alert; it leaves the process with the next `flush`, or when much has come together.
    func write(_ alert: Alert) {
        guard failure == nil else { return }
        encoder?.encode(alert, into: &buffer)
        text?.write(alert, into: &buffer)
        if buffer.count >= AlertOutput.bufferSize { flush() }
    }

    /// Hands on everything that was written.
    func flush() {
        guard failure == nil, !buffer.isEmpty else { return }
        console.eraseProgress()
        do {
            try output.write(buffer)
        } catch {
            failure = error
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
