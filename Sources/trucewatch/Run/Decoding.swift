import Diagnostics
import Events

/// What was read of an input at once.
struct Piece: Sendable {
    /// The records, with symbols of a decoding.
    var batch: Batch
    /// The values of that decoding which the taking side does not know yet.
    var newValues: [Value] = []
    var rejections: [Rejection] = []
    /// How many bytes it was; 0 at the end of the input.
    var byteCount = 0
    /// The number of the decoding, which says whose symbols they are.
    var decoder = 0
    /// Of a part: how many line ends it has, and whether it was read as it would have been in order.
    var lineCount = 0
    var isWhole = true

    /// Counts its lines from the beginning of the input, of which so many lie before it.
    mutating func shift(lines: Int) {
        for index in batch.lines.indices { batch.lines[index] += lines }
        for index in rejections.indices { rejections[index].diagnostic.location.line += lines }
    }
}

/// The reading side of a run: bytes to records, with symbols of its own.
final class Decoding {
    static let pieceSize = 256 << 10
    /// How many decodings there may be at a time: one in order, and two of parts.
    static let count = 3

    private let schema: Schema
    private let number: Int
    private var reader: Reader
    private var symbols = SymbolTable()
    private var knownSymbols: Int
    private var source = ""

    convenience init(schema: Schema, options: Reader.Options) {
        self.init(schema: schema, reader: Reader(schema: schema, options: options), number: 0)
    }

    private init(schema: Schema, reader: consuming Reader, number: Int) {
        self.schema = schema
        self.reader = reader
        self.number = number
        knownSymbols = symbols.count
    }

    /// Begins an input.
    func open(source: String) {
        self.source = source
        reader.open(source: source)
    }

    /// Reads what there is of a file, and decodes it; at the end of the file also what was left over.
    func next(from file: FileDescriptor) throws(SystemError) -> Piece {
        var piece = Piece(batch: Batch(schema: schema, source: source))
        piece.byteCount = try reader.read(
            upTo: Decoding.pieceSize, symbols: &symbols, into: &piece.batch, rejections: &piece.rejections
        ) { (room: inout MutableRawSpan) throws(SystemError) in try file.read(into: &room) }
        if piece.byteCount == 0 {
            reader.close(symbols: &symbols, into: &piece.batch, rejections: &piece.rejections)
        }
        complete(&piece)
        return piece
    }

    /// Forgets what only records from before an instant could ask for.
    func release(before instant: Instant) { reader.releaseNumbers(before: instant) }

    /// Forgets all symbols: what comes has others.
    func forgetSymbols() {
        symbols.removeAll()
        knownSymbols = symbols.count
    }

    private func complete(_ piece: inout Piece) {
        piece.decoder = number
        piece.newValues = symbols.values(from: knownSymbols)
        knownSymbols = symbols.count
    }
}

/// Decoding parts of an input side by side.
extension Decoding {
    /// Whether the records of the input can be told apart without what comes before them.
    var isDivisible: Bool { reader.isDivisible }

    /// How many line ends lie before what is not read yet.
    var lineCount: Int { reader.line - 1 }

    /// A decoding for parts of the input; nil where it is not divisible.
    func makePartDecoding(number: Int) -> Decoding? {
        guard let part = reader.makePartReader() else { return nil }
        let decoding = Decoding(schema: schema, reader: part, number: number)
        decoding.source = source
        return decoding
    }

    /// Decodes the part of the input that is put into the memory lent.
    func nextPart(
        _ fill: (inout MutableRawSpan) throws(SystemError) -> Int
    ) throws(SystemError) -> Piece {
        var piece = Piece(batch: Batch(schema: schema, source: source))
        let outcome = try reader.readPart(
            upTo: Decoding.pieceSize, symbols: &symbols, into: &piece.batch, rejections: &piece.rejections, from: fill)
        (piece.byteCount, piece.lineCount, piece.isWhole) = (outcome.byteCount, outcome.lineCount, outcome.isWhole)
        complete(&piece)
        return piece
    }

    /// Gives back what is not read yet, since others are to read it; returns how many bytes it is.
    func giveBack() -> Int { reader.giveBack() }

    /// Passes over lines that others have read.
    func pass(lines: Int) { reader.line += lines }
}
