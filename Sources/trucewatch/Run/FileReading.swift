import Events

/// Reads a file that ends by itself: by both cores where its records can be told apart, else on a thread ahead.
final class FileReading {
    private let file: FileDescriptor
    private let decoding: Decoding
    private let size: Int
    private var divided: DividedFile?
    private var ahead: ReadAhead?
    private var hasBegun = false
    // How many lines lie before the next piece of the divided file, and how many of them before its first.
    private var lines = 0
    private var linesBefore = 0

    /// - Parameter size: how large the file is; a small one is not worth dividing.
    init(_ file: FileDescriptor, size: Int, with decoding: Decoding) {
        self.file = file
        self.decoding = decoding
        self.size = size
    }

    private var isLarge: Bool { size > 4 * Decoding.pieceSize }

    /// The next piece, once it is there; the last has no bytes.
    func next() throws(SystemError) -> Piece {
        if !hasBegun {
            hasBegun = true
            guard isLarge else { return try decoding.next(from: file) }
            let first = try decoding.next(from: file)
            if first.byteCount > 0 { try divide() }
            return first
        }
        if let divided {
            if var piece = try divided.next() {
                piece.shift(lines: lines)
                lines += piece.lineCount
                return piece
            }
            try conclude(divided)
        }
        if ahead == nil, isLarge { ahead = ReadAhead(file, with: decoding) }
        if let ahead { return try ahead.next() }
        return try decoding.next(from: file)
    }

    /// Ends reading, and waits until it has ended.
    func finish() {
        divided?.finish()
        ahead?.finish()
    }

    private func divide() throws(SystemError) {
        guard decoding.isDivisible, let position = file.position else { return }
        let start = position - decoding.giveBack()
        try file.move(to: start)
        linesBefore = decoding.lineCount
        lines = linesBefore
        // What is kept of the events is about half of their text.
        Heap.expect(size / 2)
        divided = DividedFile(file, at: start, as: decoding)
    }

    /// Goes on in order with what is left: the last record, or what cannot be read without what comes before.
    private func conclude(_ divided: DividedFile) throws(SystemError) {
        divided.finish()
        self.divided = nil
        try file.move(to: divided.position)
        decoding.pass(lines: lines - linesBefore)
    }
}
