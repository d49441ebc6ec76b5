import Events

/// Fills batches as the reader would.
enum TwinBatches {
    /// The records as batches of random sizes; their symbols are added to the table.
    static func batches(
        of records: [TwinEvent], schema: Schema, symbols: inout SymbolTable, _ random: inout SplitMix64
    ) -> [Batch] {
        var batches: [Batch] = []
        var rest = records[...]
        let largest = random.pick([1, 3, 10, 100])
        while !rest.isEmpty {
            let size = random.number(1...largest)
            batches.append(batch(of: Array(rest.prefix(size)), schema: schema, symbols: &symbols))
            rest = rest.dropFirst(size)
        }
        return batches
    }

    static func batch(of records: [TwinEvent], schema: Schema, symbols: inout SymbolTable) -> Batch {
        var batch = Batch(schema: schema, source: "generated")
        for record in records {
            batch.count += 1
            batch.appendID(Array(record.id.utf8).span)
            batch.revisions.append(record.revision)
            batch.withdrawn.append(record.withdrawn)
            batch.digests.append(digest(record))
            batch.times.append(record.withdrawn ? .distantPast : record.time)
            batch.timeEnds.append(record.withdrawn ? .distantPast : record.timeEnd)
            batch.lines.append(batch.count)
            for (index, request) in schema.columns.enumerated() {
                append(record, request, to: &batch.columns[index], symbols: &symbols)
            }
        }
        return batch
    }

    private static func append(
        _ record: TwinEvent, _ request: ColumnRequest, to column: inout Column, symbols: inout SymbolTable
    ) {
        switch column {
        case .symbols(var values):
            // Let go of the column's own array first, so that appending does not copy it.
            column = .symbols([])
            values.append(symbols.intern(value(request.field, of: record)))
            column = .symbols(values)
        case .numbers(var values):
            values.append(record.fields[request.field]?.twinNumber ?? .nan)
            column = .numbers(values)
        case .instants(var values):
            values.append(instant(request.field, of: record) ?? .distantPast)
            column = .instants(values)
        }
    }

    private static func value(_ field: String, of record: TwinEvent) -> Value {
        switch field {
        case "id": .text(record.id)
        case "withdrawn": record.withdrawn ? .boolean(true) : .absent
        default: record.fields[field] ?? .absent
        }
    }

    private static func instant(_ field: String, of record: TwinEvent) -> Instant? {
        if record.withdrawn { return nil }
        return switch field {
        case "time": record.time
        case "time_end": record.timeEnd == record.time ? nil : record.timeEnd
        case "reported": record.reported
        case "until": record.until
        default: nil
        }
    }

    /// Equal for equal records (FNV-1a over all that a record has, in a fixed order); of equal revisions the greater is in
    /// force.
    static func digest(_ record: TwinEvent) -> UInt64 {
        let fields = record.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(TwinText.value($0.value))" }
        let times = [record.time, record.timeEnd, record.reported ?? .distantPast, record.until ?? .distantPast]
        let text = "\(record.id) \(record.revision) \(record.withdrawn) \(times.map(\.milliseconds)) \(fields)"
        return text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
