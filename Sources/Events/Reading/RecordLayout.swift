/// How the records of a source are written: enough to read one of them again without the rest of the source.
public struct RecordLayout: Hashable, Sendable {
    /// What separates records.
    public enum Kind: String, Sendable {
        /// A JSON object a line.
        case lines
        /// The items of a JSON array.
        case items
        /// Rows of cells.
        case rows
    }

    /// What separates the records.
    public var kind: Kind
    /// The name of the profile.
    public var profile: String
    /// Rows: the header; empty where there is none.
    public var header: String

    /// Creates a layout.
    public init(kind: Kind, profile: String, header: String) {
        self.kind = kind
        self.profile = profile
        self.header = header
    }

    /// What has to be read before records of this layout.
    public var beginning: [UInt8] {
        switch kind {
        case .lines: []
        case .items: [UInt8(ascii: "[")]
        case .rows: header.isEmpty ? [] : Array("\(header)\n".utf8)
        }
    }

    /// What stands behind each record.
    public var separator: UInt8 { kind == .items ? UInt8(ascii: ",") : 0x0a }
}

// What somebody needs who stops reading a source and goes on later.
extension Reader {
    /// How the records of the source are written; nil while that is not known.
    public var layout: RecordLayout? {
        guard source.isSettled, let profile = source.profile else { return nil }
        switch source.source.format {
        case .lines: return RecordLayout(kind: .lines, profile: profile.name, header: "")
        case .items, .tail: return RecordLayout(kind: .items, profile: profile.name, header: "")
        case .rows: return RecordLayout(kind: .rows, profile: profile.name, header: headerText(of: profile))
        case .undecided, .object, .over: return nil
        }
    }

    private func headerText(of profile: Profile) -> String {
        guard profile.headerlessColumns.isEmpty, let header = source.lastHeader else { return "" }
        let cells = header.columns.map { name in
            "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        return cells.joined(separator: String(UnicodeScalar(header.separator)))
    }

    /// Whether reading can go on at any record, given the layout: not within packed data or a JSON array.
    public var isResumable: Bool {
        guard packing == .none else { return packing == .unknown }
        switch source.source.format {
        case .undecided, .object, .lines, .rows: return true
        case .items, .tail, .over: return false
        }
    }

    /// Whether the source is known not to be packed.
    public var isPlain: Bool { packing == .none }

    /// How many bytes of the source were taken that belong to no complete record yet.
    public var unreadCount: Int { packing == .unknown ? head.count : source.buffer.count }

    /// Those bytes.
    public var unread: [UInt8] { packing == .unknown ? head : Array(source.buffer.unread.buffer) }

    /// The line on which the unread bytes begin, for messages.
    public var line: Int {
        get { source.source.line }
        set { source.source.line = newValue }
    }
}
