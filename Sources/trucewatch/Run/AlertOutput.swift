import Events
import Monitoring
import Reporting
import Rulebook

/// Where alerts go: standard output, as text or as JSON Lines.
final class AlertOutput {
    private static let bufferSize = 64 << 10

    private var writer: NoticeWriter?
    private var buffer: [UInt8] = []
    private let output = FileDescriptor.standardOutput
    private let console: Console
    /// Why nothing more can be written; nil while it can.
    private(set) var failure: SystemError?

    init(_ plan: RunPlan) {
        console = plan.console
        writer = plan.writesAlerts ? NoticeWriter(plan, output: output) : nil
    }

    /// Writes a notice; it leaves the process with the next `flush`, or when much has come together.
    func write(_ notice: Notice) {
        guard failure == nil else { return }
        writer?.write(notice, into: &buffer)
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
