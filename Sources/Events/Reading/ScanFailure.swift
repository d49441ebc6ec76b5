/// Why a record cannot be read, and at which byte of the input.
struct ScanFailure: Error {
    /// The stable name of the diagnostic.
    var id: String
    /// What was found and what was expected.
    var message: String
    /// What to do about it.
    var help: String?
    /// The byte, as a position in the input; nil where it is about the record as a whole.
    var position: Int?

    init(_ id: String, _ message: String, at position: Int? = nil, help: String? = nil) {
        self.id = id
        self.message = message
        self.position = position
        self.help = help
    }
}
