/// How far a run through long files is, on one line that is written over.
struct Progress {
    private static let shortestInput = 16 << 20
    private static let pause = 200

    private let console: Console
    private let total: Int
    private let start: Int
    private var next: Int
    private var bytes = 0
    private var records = 0

    /// Shows nothing unless standard error is a terminal and there is much to read.
    init?(console: Console, inputs: [Input]) {
        let sizes = inputs.map { $0.status?.kind == .regular ? $0.status?.size : nil }
        total = sizes.reduce(0) { $0 + ($1 ?? 0) }
        guard console.isTerminal, !console.isQuiet, total >= Progress.shortestInput, !sizes.contains(nil) else {
            return nil
        }
        self.console = console
        start = Environment.steadyMilliseconds
        next = start + 3 * Progress.pause
    }

    /// Counts what was read, and shows it from time to time.
    mutating func advance(bytes: Int, records: Int) {
        self.bytes += bytes
        self.records += records
        let now = Environment.steadyMilliseconds
        guard now >= next else { return }
        next = now + Progress.pause
        let rate = self.records * 1000 / max(1, now - start)
        console.show(
            progress: "\(self.bytes >> 20) of \(total >> 20) MiB (\(self.bytes * 100 / max(total, 1)) %), "
                + "\(self.records) records, \(rate) a second")
    }
}
