import Diagnostics

/// A record that could not be used: where it was, why, and its bytes.
public struct Rejection: Sendable {
    /// What is wrong with it; its location names the file and line.
    public var diagnostic: Diagnostic
    /// The record as it came, without its line end.
    public var bytes: [UInt8]
    /// Whether nothing more of the source can be read: what lies behind is lost.
    public var endsSource: Bool

    /// Creates a rejection.
    public init(diagnostic: Diagnostic, bytes: [UInt8], endsSource: Bool = false) {
        self.diagnostic = diagnostic
        self.bytes = bytes
        self.endsSource = endsSource
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
        /// How many bytes packed data may unpack to; the rest of a source that goes on is refused.
        public var unpackLimit = 64 << 30
        /// Who numbers records without an id, where several readers read side by side; nil if this one does.
        public var numbering: RecordNumbering?
        /// The number of the source that is read, for the numbering.
        public var sourceNumber = 0

        /// Options that recognise the profile and take times as UTC.
        public init() {}
    }

    var source: SourceReader
    private let unpackLimit: Int
    private var gunzip: Gunzip?
    // Packed bytes that are not unpacked yet.
    private var packed: [UInt8] = []
    // How many bytes the source has unpacked to.
    private var unpackedCount = 0
    // The first byte of a source, until the second tells whether it is packed.
    private(set) var head: [UInt8] = []
    private(set) var packing = Packing.unknown

    enum Packing { case unknown, none, gzip, broken }

    /// Creates a reader that extracts the columns of a schema.
    ///
    /// All its sources must be read with the same table of symbols.
    public init(schema: Schema, options: Options) {
        source = SourceReader(schema: schema, options: options)
        unpackLimit = options.unpackLimit
    }

    /// Creates a reader of parts of a source that is known not to be packed.
    init(part: consuming SourceReader) {
        source = part
        packing = .none
        unpackLimit = 0
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
        (packed, unpackedCount) = ([], 0)
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
    /// - Returns: how many bytes of the source were taken; 0 at its end. Of packed bytes so many are taken at a time as
    ///   unpack to some MiB, however well they are packed.
    public mutating func read<Failure: Error>(
        upTo count: Int, symbols: inout SymbolTable, into batch: inout Batch, rejections: inout [Rejection],
        from fill: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        var output = Output()
        defer { rejections += output.rejections }
        // Whoever writes what is not read any more is not to be disturbed; but nothing of it is unpacked.
        if isOver { return try Reader.filled(upTo: count, fill).count }
        if packing == .none { return try source.take(upTo: count, &symbols, &output, &batch, fill) }
        if packed.isEmpty { packed = try Reader.filled(upTo: count, fill) }
        let bytes = packed
        let taken = bytes.withView { view in
            packing == .gzip
                ? unpack(view, upTo: Reader.unpackedLength, &symbols, &output, &batch)
                : acceptUnpacked(view, &symbols, &output, &batch)
        }
        packed.removeFirst(taken)
        return taken
    }

    /// The bytes that are put into memory of some size.
    private static func filled<Failure: Error>(
        upTo count: Int, _ fill: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        var room = span.mutableBytes
        let filled = try fill(&room)
        bytes.removeLast(count - min(count, filled))
        return bytes
    }

    /// Whether nothing more of the source is read.
    private var isOver: Bool { packing == .broken || source.source.format == .over }

    /// Ends the source: what is left is its last record.
    public mutating func close(
        symbols: inout SymbolTable, into batch: inout Batch, rejections: inout [Rejection]
    ) {
        var output = Output()
        if packing == .unknown { head.withView { pass($0, &symbols, &output, &batch) } }
        if packing == .gzip, !isOver, let isComplete = gunzip?.isComplete, !isComplete {
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
        case .gzip: _ = unpack(bytes, upTo: .max, &symbols, &output, &batch)
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

    /// Accepts bytes, or the first two where these tell that they are packed; returns how many.
    private mutating func acceptUnpacked(
        _ bytes: ByteView, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) -> Int {
        let missing = packing == .unknown ? min(2 - head.count, bytes.count) : 0
        if missing > 0 { accept(bytes.slice(0, missing), &symbols, &output, &batch) }
        if packing == .gzip { return missing }
        if bytes.count > missing { accept(bytes.slice(missing, bytes.count), &symbols, &output, &batch) }
        return bytes.count
    }

    /// Unpacks bytes until they have given so many; returns how many were taken.
    private mutating func unpack(
        _ bytes: ByteView, upTo limit: Int, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) -> Int {
        guard !bytes.isEmpty, var unpacker = gunzip.take() else { return bytes.count }
        let start = unpackedCount
        do throws(Gunzip.Failure) {
            let taken = try unpacker.push(bytes) { piece in
                unpackedCount += piece.count
                guard unpackedCount <= unpackLimit else { return false }
                pass(piece, &symbols, &output, &batch)
                return unpackedCount - start < limit
            }
            gunzip = consume unpacker
            if unpackedCount > unpackLimit { refuseBomb(&output) }
            return taken
        } catch {
            source.refusePacked("corrupt-gzip", "the gzip data are damaged; what came before is read", &output)
            packing = .broken
            return bytes.count
        }
    }

    private mutating func refuseBomb(_ output: inout Output) {
        source.refusePacked(
            "too-much-unpacked", "the gzip data unpack to more than \(ByteCount.text(unpackLimit))", &output,
            help: "--unpack-limit SIZE sets another limit")
        packing = .broken
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
    private static let unpackedLength = 4 << 20
}
