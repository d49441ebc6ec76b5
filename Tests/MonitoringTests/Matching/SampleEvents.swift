import Diagnostics
import Events
import Rulebook

@testable import Monitoring

/// An event as a test writes it: fields and their values, instants as texts.
typealias Fields = [String: Value]

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
}

/// Events as the columns of a schema, as a reader would make them.
struct SampleEvents: ~Copyable {
    var symbols = SymbolTable()
    var columns: [Column]
    var times: [Instant] = []
    var timeEnds: [Instant] = []
    let schema: Schema

    init(_ events: [Fields], schema: Schema) {
        self.schema = schema
        columns = schema.columns.map { Column($0.representation) }
        for event in events { append(event) }
    }

    private mutating func append(_ event: Fields) {
        let time = SampleEvents.instant(event["time"])
        times.append(time)
        timeEnds.append(event["time_end"] == nil ? time : SampleEvents.instant(event["time_end"]))
        for (index, request) in schema.columns.enumerated() {
            append(event[request.field] ?? .absent, to: index)
        }
    }

    private mutating func append(_ value: Value, to index: Int) {
        switch columns[index] {
        case .symbols(let values): columns[index] = .symbols(values + [symbols.intern(value)])
        case .instants(let values): columns[index] = .instants(values + [SampleEvents.instant(value)])
        case .numbers(let values):
            guard case .number(let number) = value else { return columns[index] = .numbers(values + [.nan]) }
            columns[index] = .numbers(values + [number])
        }
    }

    /// The value of a symbol column.
    func value(_ field: String, row: Int) -> Value {
        guard let index = schema.existingIndex(of: ColumnRequest(field)), case .symbols(let values) = columns[index]
        else { return .absent }
        return symbols.value(of: values[row])
    }

    static func instant(_ value: Value?) -> Instant {
        guard case .text(let text) = value else { return .distantPast }
        return instant(text)
    }

    /// Reads `2014-03-01`, with or without `T09:30` or `T09:30:15`, as UTC.
    static func instant(_ text: String) -> Instant {
        let parts = text.split { !$0.isNumber }.compactMap { Int64($0) }
        precondition(parts.count >= 3, "a time of a test has a day")
        let (year, month, day) = (parts[1] <= 2 ? parts[0] - 1 : parts[0], parts[1], parts[2])
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        let clock = parts.dropFirst(3) + [0, 0, 0]
        let seconds = clock.prefix(3).reduce(0) { $0 * 60 + $1 }
        return Instant(milliseconds: ((days + day - 1 - 719_468) * 86_400 + seconds) * 1000)
    }
}

extension Condition {
    static func field(_ field: String, _ test: ValueTest) -> Condition {
        .test(FieldTest(field: field, test: test, selection: nil, location: Location(file: "test")))
    }

    /// A field is like a text with wildcards, without regard to case.
    static func field(_ field: String, like text: String) -> Condition {
        .field(field, .like(WildcardPattern(name: text), cased: false))
    }
}
