import Events

/// What was read of an input at once.
struct Piece: Sendable {
    /// The records, with symbols of the reading side.
    var batch: Batch
    /// The values of that side which the taking side does not know yet.
    var newValues: [Value]
    var rejections: [Rejection]
    /// How many bytes it was; 0 at the end of the input.
    var byteCount: Int
}

/// The reading side of a run: bytes to records, with symbols of its own.
final class Decoding {
    private static let pieceSize = 256 << 10

    private let schema: Schema
    private var reader: Reader
    private var symbols = SymbolTable()
    private var knownSymbols: Int
    private var source = ""

    init(schema: Schema, options: Reader.Options) {
        self.schema = schema
        reader = Reader(schema: schema, options: options)
        knownSymbols = symbols.count
    }

    /// Begins an input.
    func open(source: String) {
        self.source = source
        reader.open(source: source)
    }

    /// Reads what there is of a file, and decodes it; at the end of the file also what was left over.
    func next(from file: FileDescriptor) throws(SystemError) -> Piece {
        var piece = Piece(batch: Batch(schema: schema, source: source), newValues: [], rejections: [], byteCount: 0)
        piece.byteCount = try reader.read(
            upTo: Decoding.pieceSize, symbols: &symbols, into: &piece.batch, rejections: &piece.rejections
        ) { (room: inout MutableRawSpan) throws(SystemError) in try file.read(into: &room) }
        if piece.byteCount == 0 {
            reader.close(symbols: &symbols, into: &piece.batch, rejections: &piece.rejections)
        }
        piece.newValues = symbols.values(from: knownSymbols)
        knownSymbols = symbols.count
        return piece
    }
}
