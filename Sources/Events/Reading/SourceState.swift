/// How the bytes of a source are to be read.
enum SourceFormat {
    /// Not known yet.
    case undecided
    /// An object that may be a record or wrap all records.
    case object
    /// A JSON object a line.
    case lines
    /// The items of a JSON array, or what stands behind it.
    case items
    /// Rows of cells; the first is the header.
    case rows
    /// What stands behind the records of an array.
    case tail
    /// Nothing more is read of it.
    case over
}

/// What is known of the source that is being read.
struct SourceState {
    /// Its name, as the user gave it.
    var name = ""
    var format = SourceFormat.undecided
    /// The line on which the unread bytes begin.
    var line = 1
    /// No attempt is made before so many bytes are unread: the last one met the end of the input.
    var nextAttempt = 0
    /// How many unread bytes were searched for a line end in vain.
    var searched = 0
    /// Whether the rest of an overlong line is passed over.
    var isSkippingLine = false
    /// JSON: whether an item came since the last comma.
    var needsComma = false
    /// JSON: what stands around the array, to be checked at the end.
    var shell: [UInt8] = []
    /// JSON: the line on which what stands behind the array begins.
    var tailLine = 1
    /// Rows: the keys of the columns; nil before the header.
    var columns: [Int]?
    /// Rows: whether the next row is the one under the header.
    var isUnderHeader = false
    var scanner = DelimitedScanner()

    /// No record may be longer.
    static let longestRecord = 16 << 20
    /// So much of a longer one is kept.
    static let keptOfOverlong = 1 << 16
}
