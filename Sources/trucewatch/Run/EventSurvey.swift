import Events

/// What events have of what a rule book asks for: which of some fields, and which types.
struct EventSurvey {
    private(set) var fields: Set<String> = []
    private(set) var types: Set<String> = []

    /// Reads inputs to their end. Records that cannot be used count for nothing; `check` and `watch` tell of them.
    init(of inputs: [Input], for wanted: Set<String>, options: Reader.Options) throws(Failure) {
        var schema = Schema()
        let names = wanted.sorted()
        for name in names { _ = schema.index(of: ColumnRequest(name)) }
        let typeColumn = schema.index(of: ColumnRequest("type"))
        let decoding = Decoding(schema: schema, options: options)
        var values: [Value] = [.absent]
        for input in inputs {
            do throws(SystemError) {
                let file = try input.open()
                defer { if !input.isStandardInput { file.close() } }
                decoding.open(source: input.name)
                while true {
                    let piece = try decoding.next(from: file)
                    values += piece.newValues
                    for (name, column) in zip(names, piece.batch.columns) where EventSurvey.hasValue(column) {
                        fields.insert(name)
                    }
                    if case .symbols(let symbols) = piece.batch.columns[typeColumn] {
                        for symbol in Set(symbols.map(\.rawValue)) {
                            if case .text(let type) = values[Int(symbol)] { types.insert(type) }
                        }
                    }
                    if piece.byteCount == 0 { break }
                }
            } catch {
                throw Failure(.input, "\(input.name): cannot be read: \(error.reason)")
            }
        }
    }

    private static func hasValue(_ column: Column) -> Bool {
        if case .symbols(let symbols) = column { symbols.contains { !$0.isAbsent } } else { false }
    }
}
