import Diagnostics

/// A record that could not be used: where it was, why, and its bytes.
public struct Rejection: Sendable {
    /// What is wrong with it; its location names the file and line.
    public var diagnostic: Diagnostic
    /// The record as it came, without its line end.
    public var bytes: [UInt8]

    /// Creates a rejection.
    public init(diagnostic: Diagnostic, bytes: [UInt8]) {
        self.diagnostic = diagnostic
        self.bytes = bytes
    }
}

/// Reads sources of incidents, one after the other, from bytes to batches of columns.
///
/// Give it the bytes in pieces of any size: what it says does not depend on where they are cut.
public struct Reader: ~Copyable {
    /// How to read.
    public struct Options: Sendable {
        /// The profile of every source; nil to recognise it.
        public var profile: Profile?
        /// The zone of times without an offset where the profile names none.
        public var timeZone: TimeZoneRules = .utc
        /// Finds a zone by name; for profiles that name one.
        public var findTimeZone: @Sendable (String) -> TimeZoneRules? = { _ in nil }
        /// Whether batches keep the bytes of their records.
        public var keepsBytes = false
        /// Who numbers records without an id, where several readers read side by side; nil if this one does.
        public var numbering: RecordNumbering?
        /// The number of the source that is read, for the numbering.
        public var sourceNumber = 0

        /// Options that recognise the profile and take times as UTC.
        public init() {}
    }

    var source: SourceReader
    private var gunzip: Gunzip?
    // The first byte of a source, until the second tells whether it is packed.
    private(set) var head: [UInt8] = []
    // Bytes that are not known to be unpacked.
    private var unpacked: [UInt8] = []
    private(set) var packing = Packing.unknown

    enum Packing { case unknown, none, gzip, broken }

    /// Creates a reader that extracts the columns of a schema.
    ///
    /// All its sources must be read with the same table of symbols.
    public init(schema: Schema, options: Options) {
        source = SourceReader(schema: schema, options: options)
    }

    /// Creates a reader of parts of a source that is known not to be packed.
    init(part: consuming SourceReader) {
        source = part
        packing = .none
    }

    /// Forgets how many equal records without an id there were from before an instant: they change nothing any more, whatever
    /// their number is.
    public mutating func releaseNumbers(before instant: Instant) {
        source.run.release(before: instant)
    }

    /// For how many records without an id it is remembered how many equal ones there were.
    public var numberedCount: Int { source.run.identical.count }

    /// Begins a source.
    public mutating func open(source name: String) {
        source.open(name)
        gunzip = nil
        head = []
        packing = .unknown
    }

    /// Goes on within a source that has been opened, whose records are known to be written like that: nothing is left to be
    /// told by what comes first, be it a record or not.
    ///
    /// What `RecordLayout.beginning` has is still to be read.
    public mutating func goOn(in layout: RecordLayout) {
        guard layout.beginning.isEmpty else { return }
        packing = .none
        source.goOn(in: layout)
    }

    /// Takes the next bytes of the source; complete records are appended to the batch, which holds the reader's schema.
    public mutating func read(
        _ bytes: borrowing Span<UInt8>, symbols: inout SymbolTable, into batch: inout Batch,
        rejections: inout [Rejection]
    ) {
        var output = Output()
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
            accept(ByteView(base: base, count: buffer.count), &symbols, &output, &batch)
        }
        rejections += output.rejections
    }

    /// Has the next bytes of the source put into memory of the reader's own, so that they need not be copied; complete
    /// records are appended to the batch.
    ///
    /// - Parameters:
    ///   - count: how many bytes there are at most.
    ///   - fill: puts bytes at the beginning of what it is lent, and tells how many; 0 at the end of the source, which is
    ///     still to be closed.
    /// - Returns: what `fill` told.
    public mutating func read<Failure: Error>(
        upTo count: Int, symbols: inout SymbolTable, into batch: inout Batch, rejections: inout [Rejection],
        from fill: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        var output = Output()
        defer { rejections += output.rejections }
        if packing == .none { return try source.take(upTo: count, &symbols, &output, &batch, fill) }
        if unpacked.count != count { unpacked = [UInt8](repeating: 0, count: count) }
        var span = unpacked.mutableSpan
        var room = span.mutableBytes
        let filled = try fill(&room)
        let bytes = unpacked
        if filled > 0 { bytes.withView { accept($0.slice(0, min(filled, count)), &symbols, &output, &batch) } }
        return filled
    }

    /// Ends the source: what is left is its last record.
    public mutating func close(
        symbols: inout SymbolTable, into batch: inout Batch, rejections: inout [Rejection]
    ) {
        var output = Output()
        if packing == .unknown { head.withView { pass($0, &symbols, &output, &batch) } }
        if packing == .gzip, let isComplete = gunzip?.isComplete, !isComplete {
            source.refusePacked("truncated-gzip", "the gzip data end before their end: the file is cut off", &output)
        }
        source.take(nil, &symbols, &output, &batch)
        rejections += output.rejections
    }

    private mutating func accept(
        _ bytes: ByteView, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        switch packing {
        case .none: pass(bytes, &symbols, &output, &batch)
        case .gzip: unpack(bytes, &symbols, &output, &batch)
        case .broken: break
        case .unknown:
            let missing = 2 - head.count
            head += Array(bytes.buffer.prefix(missing))
            guard head.count == 2 else { return }
            packing = head == [0x1f, 0x8b] ? .gzip : .none
            if packing == .gzip { gunzip = Gunzip() }
            head.withView { accept($0, &symbols, &output, &batch) }
            if bytes.count > missing { accept(bytes.slice(missing, bytes.count), &symbols, &output, &batch) }
        }
    }

    private mutating func unpack(
        _ bytes: ByteView, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        guard var unpacker = gunzip.take() else { return }
        do throws(Gunzip.Failure) {
            try unpacker.push(bytes) { pass($0, &symbols, &output, &batch) }
            gunzip = consume unpacker
        } catch {
            source.refusePacked("corrupt-gzip", "the gzip data are damaged; what came before is read", &output)
            packing = .broken
        }
    }

    /// Hands bytes on in pieces that stay in the processor's cache.
    private mutating func pass(
        _ bytes: ByteView, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Reader.pieceLength)
            source.take(bytes.slice(start, end), &symbols, &output, &batch)
            start = end
        }
    }

    private static let pieceLength = 1 << 18
}
