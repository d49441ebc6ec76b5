import Diagnostics
import Events

/// What a reader makes of a source.
struct Reading: Equatable {
    private static let columns: [ColumnRequest] = [
        ColumnRequest("type"), ColumnRequest("initiator"), ColumnRequest("*"), ColumnRequest("a.b"),
        ColumnRequest("fatalities", as: .number), ColumnRequest("latitude", as: .number),
        ColumnRequest("reported", as: .instant),
    ]

    /// One record, with everything that is known of it.
    struct Record: Equatable {
        var id: [UInt8]
        var times: [Instant]
        var revision: Revision
        var isWithdrawn: Bool
        var digest: UInt64
        var line: Int
        var values: [Value]
        var bytes: [UInt8]
    }

    /// What was rejected, and why.
    struct Refusal: Equatable {
        var diagnostic: Diagnostic
        var bytes: [UInt8]
    }

    private(set) var records: [Record] = []
    private(set) var refusals: [Refusal] = []

    /// Reads pieces of one source.
    init(_ pieces: [ArraySlice<UInt8>], profile: Profile? = nil) {
        var schema = Schema()
        for column in Reading.columns { _ = schema.index(of: column) }
        var options = Reader.Options()
        options.keepsBytes = true
        options.profile = profile
        var reader = Reader(schema: schema, options: options)
        var symbols = SymbolTable()
        var batch = Batch(schema: schema, source: "input")
        var rejections: [Rejection] = []
        reader.open(source: "input")
        for piece in pieces {
            reader.read(Array(piece).span, symbols: &symbols, into: &batch, rejections: &rejections)
        }
        reader.close(symbols: &symbols, into: &batch, rejections: &rejections)
        for index in 0..<batch.count { records.append(Reading.record(index, of: batch, symbols)) }
        refusals = rejections.map { Refusal(diagnostic: $0.diagnostic, bytes: $0.bytes) }
    }

    private static func record(_ row: Int, of batch: Batch, _ symbols: borrowing SymbolTable) -> Record {
        let values = batch.columns.map { column -> Value in
            switch column {
            case .symbols(let found): symbols.value(of: found[row])
            case .numbers(let found): found[row].isNaN ? .absent : .number(found[row])
            case .instants(let found): .number(Double(found[row].milliseconds))
            }
        }
        let start = row > 0 ? Int(batch.idEnds[row - 1]) : 0
        return Record(
            id: Array(batch.idBytes[start..<Int(batch.idEnds[row])]), times: [batch.times[row], batch.timeEnds[row]],
            revision: batch.revisions[row], isWithdrawn: batch.withdrawn[row], digest: batch.digests[row],
            line: batch.lines[row], values: values, bytes: Array(batch.bytes[batch.ranges[row]]))
    }
}

extension Reading {
    /// Reads an input at once and in pieces, and traps where that is not the same, or a rejection does not say where and why.
    ///
    /// - Parameter lines: how many lines it has; nil to count them.
    static func checked(
        _ input: [UInt8], _ draw: inout Draw, profile: Profile? = nil, lines: Int? = nil
    ) -> Reading {
        let whole = Reading([input[...]], profile: profile)
        let pieces = draw.pieces(of: input)
        expectSame(Reading(pieces, profile: profile), whole, "in pieces of \(pieces.map(\.count))")
        let lines = lines ?? input.count { $0 == 0x0a } + 1
        for diagnostic in whole.refusals.map(\.diagnostic) {
            expect(!diagnostic.id.isEmpty && !diagnostic.message.isEmpty, "\(diagnostic)")
            expect((0...lines).contains(diagnostic.location.line), "\(diagnostic)")
        }
        return whole
    }
}
