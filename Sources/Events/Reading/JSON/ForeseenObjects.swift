extension SourceReader {
    /// Reads the object that begins there if it is as foreseen; returns where it ends.
    @inline(__always)
    mutating func decodeForeseen(
        _ start: UnsafePointer<UInt8>, endsLine: Bool, line: Int, _ symbols: inout SymbolTable, _ batch: inout Batch
    ) -> UnsafePointer<UInt8>? {
        guard foreseen == json.predicted.version else {
            foresee(&symbols)
            return nil
        }
        let close = decoder?.decodeForeseen(object: start, endsLine: endsLine, line: line, &symbols, &rows)
        guard let close else { return nil }
        if options.keepsBytes { keep(ByteView(base: start, count: close - start), &batch) }
        if rows.isFull { rows.close(into: &batch) }
        return close
    }

    /// Makes the short way once the keys of a record were those of the one before.
    private mutating func foresee(_ symbols: inout SymbolTable) {
        let version = json.predicted.version
        if isSettled, lastVersion == version {
            decoder?.foresee(json.predicted.all, fields, &symbols, rows)
            foreseen = version
        }
        lastVersion = version
    }
}
