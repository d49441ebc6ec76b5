import Events
import Following
import Ledger

/// A source that is followed: a file of a name, whatever file bears it, or standard input.
///
/// A class, so that each keeps its reader in place.
final class FollowedSource {
    /// Its number in the ledger.
    var number: Int
    /// The path as it is followed; `-` is standard input.
    var path: String
    /// Whether its file has gone from its name: it is read for as long as somebody may still write into it.
    var hasDeparted = false
    /// Whether its name, or its file, may have changed.
    var needsCheck = true
    /// Whether another reader has read it as a whole: more can only be read by beginning again.
    var isReadWhole = false
    /// The file that is read now; nil while there is none.
    var file: FileDescriptor?
    /// Whether it is read at positions; if not, what was read is gone.
    var isRegular = false
    var reader: Reader
    /// How its records were found to be written by an earlier reader.
    var knownLayout: RecordLayout?
    var contents = Contents()
    var editions = Editions()
    /// Whether there may be more to read.
    var isReady = true
    /// Whether everything was read once.
    var hasCaughtUp = false
    /// Whether nothing more can come.
    var isEnded = false
    /// When something came last, by the steady clock.
    var lastArrival = Environment.steadyMilliseconds
    /// Whether what came has settled: nothing more has come for a while.
    var isSettled = true
    /// The largest event time in it.
    var latest = Instant.distantPast
    /// The number of what watches its file.
    var watch: Int32?

    init(number: Int, path: String, reader: consuming Reader) {
        self.number = number
        self.path = path
        self.reader = reader
        self.reader.open(source: name)
    }

    var isStandardInput: Bool { path == "-" }

    /// How its records are written; nil while that is not known.
    var layout: RecordLayout? { reader.layout ?? knownLayout }

    /// Whether all that there is was read, and it may be that not all of it has come yet.
    var isUnsettled: Bool { !isSettled && !isReady && hasCaughtUp }

    /// Its name in messages.
    var name: String { isStandardInput ? "<stdin>" : path }

    /// Takes a file to read from its beginning.
    func begin(_ file: FileDescriptor?) {
        if let old = self.file, old != file, !isStandardInput { old.close() }
        self.file = file
        isRegular = file?.status?.kind == .regular
        contents = Contents(identity: isRegular ? file?.status?.identity : nil)
        reader.open(source: name)
        // What is no file tells when it has something.
        isReady = isRegular
    }

    /// How far it was read, for the ledger.
    func record(layout: Int?) -> LedgerSource {
        var source = LedgerSource(number: number, path: path)
        // What cannot be gone on with at any record is read as a whole.
        contents.describe(unread: isRegular && !reader.isResumable ? [] : reader.unread, in: &source)
        if !isRegular { source.position = 0 }
        source.line = reader.line
        source.layout = layout
        source.isRereading = editions.isOpen
        source.latest = latest == .distantPast ? nil : latest.milliseconds
        return source
    }
}
