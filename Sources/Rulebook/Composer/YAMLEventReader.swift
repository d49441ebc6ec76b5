import CYAML

/// What libyaml saw next, with the code points it spans, counted from the start of the text.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
        case alias(String)
        case scalar(String, isPlain: Bool, tag: String?, anchor: String?)
        case sequenceStart(tag: String?, anchor: String?)
        case mappingStart(tag: String?, anchor: String?)
    }

    var kind: Kind
    var start: Int
    var end: Int
}

/// Why libyaml could not go on, and where.
struct YAMLError: Error {
    /// What libyaml says.
    var message: String
    /// What it was doing, if it says so.
    var activity = ""
    /// The code point at which it stopped.
    var position: Int
    /// The code point at which what it was doing begins, if it says so.
    var beginning: Int?
}

/// The only place that talks to libyaml: bytes in, events out.
///
/// It expects UTF-8 without a byte order mark; `SourceText` has checked that.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let isReady: Bool

    init(_ bytes: ArraySlice<UInt8>) {
        // The parser keeps the pointer, so the bytes must outlive every call: they are copied once.
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        isReady = yaml_parser_initialize(parser) == 1
        if isReady {
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, input.baseAddress, input.count)
        }
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deinitialize(count: 1)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; after `streamEnd` there is none to ask for.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        guard isReady else { throw YAMLError(message: "there is no memory left to read it", position: 0) }
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw currentError() }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(
            kind: YAMLEventReader.kind(of: event), start: Int(event.start_mark.index), end: Int(event.end_mark.index))
    }

    private func currentError() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        var error = YAMLError(message: problem, position: Int(parser.pointee.problem_mark.index))
        if let context = parser.pointee.context {
            error.activity = String(cString: context)
            error.beginning = Int(parser.pointee.context_mark.index)
        }
        return error
    }

    private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_ALIAS_EVENT: .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: scalar(event)
        case YAML_SEQUENCE_START_EVENT:
            .sequenceStart(tag: text(event.data.sequence_start.tag), anchor: text(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT:
            .mappingStart(tag: text(event.data.mapping_start.tag), anchor: text(event.data.mapping_start.anchor))
        default: .streamEnd
        }
    }

    private static func scalar(_ event: yaml_event_t) -> YAMLEvent.Kind {
        let data = event.data.scalar
        let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
        return .scalar(
            String(decoding: bytes, as: UTF8.self), isPlain: data.style == YAML_PLAIN_SCALAR_STYLE,
            tag: text(data.tag), anchor: text(data.anchor))
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(decodingCString: $0, as: UTF8.self) }
    }
}
