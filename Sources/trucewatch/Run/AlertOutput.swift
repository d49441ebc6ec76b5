import Events
import Monitoring
import Reporting
import Rulebook

/// Where alerts go: standard output, as text or as JSON Lines.
final class AlertOutput {
    private static let bufferSize = 64 << 10

    private var writer: MessageWriter?
    private var buffer: [UInt8] = []
    private let output = FileDescriptor.standardOutput
    private let console: Console
    /// Why nothing more can be written; nil while it can.
    private(set) var failure: SystemError?

    init(_ plan: RunPlan) {
        console = plan.console
        writer = plan.writesAlerts ? MessageWriter(plan, output: output) : nil
    }

    /// Writes a message; it leaves the process with the next `flush`, or when much has come together.
    func write(_ message: Message) {
        guard failure == nil else { return }
        writer?.write(message, into: &buffer)
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
