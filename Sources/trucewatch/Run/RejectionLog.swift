import Diagnostics
import Events

/// Records that could not be used: shown to the operator, counted, and kept where a file was named for them.
final class RejectionLog {
    private static let shownOfAKind = 20

    private let console: Console
    private let file: FileDescriptor?
    private let path: String
    private var buffer: [UInt8] = []
    private var kinds: [String] = []
    private var counts: [String: Int] = [:]
    /// What was shown of them.
    private(set) var shown: [Diagnostic] = []
    /// How many records the reader could not use.
    private(set) var rejected = 0
    /// Why no more records can be kept; nil while they can.
    private(set) var failure: Failure?

    /// - Parameters:
    ///   - path: the file for the records; nil for none. It must not be one of the inputs.
    ///   - appends: whether what it holds is kept: it is that of the run before, which this one goes on with.
    init(console: Console, path: String?, inputs: [Input], appends: Bool = false) throws(Failure) {
        self.console = console
        self.path = path ?? ""
        guard let path else {
            file = nil
            return
        }
        if let identity = try? FileStatus(path: path).identity,
            inputs.contains(where: { $0.isRegular && $0.status?.identity == identity })
        {
            throw Failure(.configuration, "--rejects \(path): this file is an input; it would be overwritten")
        }
        do {
            file = appends ? try .open(appending: path) : try .create(path)
        } catch {
            throw Failure(.configuration, "--rejects \(path): cannot be written: \(error.reason)")
        }
    }

    /// Takes a record that the reader could not use.
    func add(_ rejection: Rejection) {
        rejected += 1
        show(rejection.diagnostic)
        keep(rejection.bytes)
    }

    /// Takes a record of a batch that is further back than the horizon.
    func addBeyondHorizon(_ index: Int, of batch: Batch) {
        show(
            Diagnostic(
                .warning, id: "beyond-horizon", "the record is further back than --horizon, and changes nothing",
                at: Location(file: batch.source, line: batch.lines.indices.contains(index) ? batch.lines[index] : 0)))
        if batch.ranges.indices.contains(index) { keep(Array(batch.bytes[batch.ranges[index]])) }
    }

    /// Hands on the records kept.
    func flush() {
        guard let file, failure == nil, !buffer.isEmpty else { return }
        do {
            try file.write(buffer)
        } catch {
            failure = Failure(.input, "--rejects \(path): cannot be written: \(error.reason)")
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Says how many more there were of the kinds of which not all were shown.
    func close() {
        flush()
        for kind in kinds {
            let more = counts[kind, default: 0] - RejectionLog.shownOfAKind
            guard more > 0 else { continue }
            console.say("\(more) more \(more == 1 ? "record" : "records") of the kind [\(kind)], not shown")
        }
        file?.close()
    }

    private func show(_ diagnostic: Diagnostic) {
        let count = counts[diagnostic.id, default: 0]
        if count == 0 { kinds.append(diagnostic.id) }
        counts[diagnostic.id] = count + 1
        guard count < RejectionLog.shownOfAKind else { return }
        shown.append(diagnostic)
        console.show(diagnostic)
    }

    private func keep(_ record: [UInt8]) {
        guard file != nil else { return }
        buffer += record
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 64 << 10 { flush() }
    }
}
