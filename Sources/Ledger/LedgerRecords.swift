/// How far a source was read.
public struct LedgerSource: Sendable, Hashable {
    /// The bytes of a file by which it is recognised: how many, and their digest.
    public struct Mark: Sendable, Hashable {
        /// How many bytes.
        public var length: Int
        /// Their SHA-256 in hexadecimal.
        public var digest: String

        /// Creates a mark.
        public init(length: Int = 0, digest: String = "") {
            self.length = length
            self.digest = digest
        }
    }

    /// Its number.
    public var number: Int
    /// Its path as it is followed; `-` is standard input.
    public var path: String
    /// The device and the node of the file; nil where it has none that lasts.
    public var device, node: UInt?
    /// The bytes before this are read.
    public var position = 0
    /// The line that begins there.
    public var line = 1
    /// Its first bytes.
    public var head = Mark()
    /// The bytes before the position.
    public var tail = Mark()
    /// How its records are written; nil while that is not known.
    public var layout: Int?
    /// Whether a new edition of it is not read to its end.
    public var isRereading = false
    /// A last line that was read before its line end had come.
    public var unended: [UInt8]?
    /// The event that line was read as.
    public var unendedEvent: String?
    /// The largest event time in it, in milliseconds.
    public var latest: Int64?

    /// Creates a source of which nothing was read.
    public init(number: Int, path: String) {
        self.number = number
        self.path = path
    }
}

/// How records are written.
public struct LedgerLayout: Sendable, Hashable {
    /// `lines`, `items` or `rows`.
    public var kind: String
    /// The name of the profile.
    public var profile: String
    /// Rows: the header.
    public var header: String

    /// Creates a layout.
    public init(kind: String, profile: String, header: String) {
        self.kind = kind
        self.profile = profile
        self.header = header
    }
}

/// An event in its latest revision.
public struct LedgerEvent: Sendable, Hashable {
    /// Whether an event is taken back.
    public enum Withdrawal: Int64, Sendable {
        /// It is in force.
        case none
        /// Its record takes it back.
        case byRecord
        /// Its source no longer has it.
        case bySource
    }

    /// Its id.
    public var id: String
    /// Which record of all it was, counted from 1.
    public var arrival: Int64
    /// The start of its time, in milliseconds.
    public var time: Int64
    /// Whether it is taken back.
    public var withdrawal: Withdrawal
    /// Whether it is kept beyond the horizon.
    public var isKept: Bool
    /// Its source.
    public var source: Int
    /// Its line there.
    public var line: Int
    /// How its record is written.
    public var layout: Int
    /// The record as it came.
    public var record: [UInt8]
    /// The ceasefire that it bears on, what breach it is, and whose.
    public var ceasefire, breach, side: String?
    /// How many died.
    public var fatalities: Double?

    /// Creates an event.
    public init(
        id: String, arrival: Int64, time: Int64, withdrawal: Withdrawal, isKept: Bool, source: Int, line: Int,
        layout: Int, record: [UInt8], ceasefire: String? = nil, breach: String? = nil, side: String? = nil,
        fatalities: Double? = nil
    ) {
        self.id = id
        self.arrival = arrival
        self.time = time
        self.withdrawal = withdrawal
        self.isKept = isKept
        self.source = source
        self.line = line
        self.layout = layout
        self.record = record
        self.ceasefire = ceasefire
        self.breach = breach
        self.side = side
        self.fatalities = fatalities
    }
}

/// An alert as it was last emitted.
public struct LedgerAlert: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// `firing`, `resolved`, `retracted` or `replaced`.
    public var status: String
    /// From its rule.
    public var level, rule, title: String
    /// Its group as JSON.
    public var group: String
    /// When it began and ended, in milliseconds; the end is nil while it holds.
    public var onset: Int64
    /// When it ended, in milliseconds; nil while it holds.
    public var end: Int64?
    /// A fingerprint of what it says but for its status.
    public var content: Int64
    /// The alert that took its place.
    public var replacedBy: String?
    /// The number of its last emission.
    public var emission: Int64

    /// Creates an alert.
    public init(
        id: String, status: String, level: String, rule: String, title: String, group: String, onset: Int64,
        end: Int64?, content: Int64, replacedBy: String? = nil, emission: Int64 = 0
    ) {
        self.id = id
        self.status = status
        self.level = level
        self.rule = rule
        self.title = title
        self.group = group
        self.onset = onset
        self.end = end
        self.content = content
        self.replacedBy = replacedBy
        self.emission = emission
    }
}

/// A line of the output.
public struct LedgerEmission: Sendable, Hashable {
    /// Its number, from 1.
    public var number: Int64
    /// The alert it tells of.
    public var alert: String
    /// The status it tells.
    public var status: String
    /// The line as JSON, without its line end.
    public var line: [UInt8]
    /// The bytes of the output, where they are not that line with its line end.
    public var written: [UInt8]?

    /// Creates a line.
    public init(number: Int64, alert: String, status: String, line: [UInt8], written: [UInt8]? = nil) {
        self.number = number
        self.alert = alert
        self.status = status
        self.line = line
        self.written = written
    }

    /// The bytes of the output.
    public var output: [UInt8] { written ?? line + [UInt8(ascii: "\n")] }
}

/// How far a run is.
public struct LedgerProgress: Sendable, Hashable {
    /// How many records were taken.
    public var arrivals: Int64 = 0
    /// The time of the stream's first event, in milliseconds.
    public var origin: Int64?
    /// How far stream time is, in milliseconds.
    public var streamTime: Int64?
    /// Events before this have been let go of, in milliseconds.
    public var forgotten: Int64?
    /// Up to when the wall clock took stream time on, in milliseconds.
    public var clock: Int64?
    /// The file of the output; `-` is standard output, empty before the first run.
    public var output = ""
    /// The first emission that went to that output.
    public var firstEmission: Int64 = 1
    /// The last emission that was handed on, where the output is no file.
    public var sent: Int64 = 0
    /// How long the output is with all of them.
    public var length: Int64 = 0

    /// The progress of a run that has not begun.
    public init() {}
}
