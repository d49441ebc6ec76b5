extension SourceReader {
    /// Reads the items of an array that are complete.
    mutating func readItems(
        isEnd: Bool, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) {
        guard mayAttempt(isEnd: isEnd) else { return }
        while true {
            let text = buffer.unread
            var at = 0
            while at < text.count, text[at] <= 0x20, [0x20, 0x09, 0x0a, 0x0d].contains(text[at]) { at += 1 }
            consume(at)
            fields.input = buffer.unread.base
            guard at < text.count else {
                if isEnd { refuse("bad-json", "the source ends within the array", &output) }
                return
            }
            switch text[at] {
            case UInt8(ascii: "]"):
                source.shell.append(UInt8(ascii: "]"))
                consume(1)
                source.format = .tail
                source.tailLine = source.line
                return
            case UInt8(ascii: ",") where source.needsComma:
                consume(1)
                source.needsComma = false
            case UInt8(ascii: ","):
                let failure = json.unexpected(buffer.unread.base, "an item", fields)
                reject(failure, buffer.unread.slice(0, 1), line: source.line, &output)
                consume(1)
            default:
                guard readItem(isEnd: isEnd, &symbols, &output, &batch) else { return }
            }
        }
    }

    /// Reads the item at the beginning of the unread bytes; false if it is not complete.
    private mutating func readItem(
        isEnd: Bool, _ symbols: inout SymbolTable, _ output: inout Output, _ batch: inout Batch
    ) -> Bool {
        let text = buffer.unread
        if !source.needsComma {
            let close = decodeForeseen(text.base, endsLine: false, line: source.line, &symbols, &batch)
            if let close {
                source.nextAttempt = 0
                source.needsComma = true
                consume(close - text.base)
                return true
            }
        }
        let found = ItemScanner.end(text.base, from: 0, to: text.count)
        if (found ?? text.count) > SourceState.longestRecord {
            reject(
                overlong(), text.slice(0, SourceState.keptOfOverlong), line: source.line, &output, endsSource: true)
            source.format = .over
            buffer.clear()
            return false
        }
        guard let end = found ?? (isEnd ? text.count : nil) else {
            wait()
            return false
        }
        source.nextAttempt = 0
        let item = text.slice(0, end)
        let line = source.line
        fields.begin()
        do throws(ScanFailure) {
            if source.needsComma { throw json.unexpected(text.base, "',' or ']'", fields) }
            guard text[0] == UInt8(ascii: "{") else { throw json.unexpected(text.base, "'{'", fields) }
            let close = try json.scan(text.base, into: &fields) - text.base
            guard close == end else { throw json.unexpected(text.base + close, "',' or ']'", fields) }
            decode(item, line: line, &symbols, &output, &batch)
        } catch {
            reject(error, item, line: line, &output)
        }
        source.needsComma = true
        consume(end)
        return true
    }

    /// Keeps what stands behind the array and checks at the end that the whole is JSON.
    mutating func readTail(isEnd: Bool, _ output: inout Output) {
        let text = buffer.unread
        source.shell += Array(text.buffer)
        consume(text.count)
        let isTooLong = source.shell.count > SourceState.longestRecord
        guard isEnd || isTooLong else { return }
        let line = source.tailLine
        let padded = source.shell + [UInt8](repeating: 0, count: InputBuffer.padding)
        let count = source.shell.count
        let failure = padded.withView { view in
            isTooLong ? overlong() : checkShell(view.slice(0, count))
        }
        if let failure {
            reject(ScanFailure(failure.id, failure.message, help: failure.help), buffer.unread, line: line, &output)
        }
        source.format = .over
    }

    /// What is wrong with what stands around the array; nil if it is a JSON text.
    private mutating func checkShell(_ shell: ByteView) -> ScanFailure? {
        fields.input = shell.base
        fields.begin()
        do throws(ScanFailure) {
            var end = 2
            if shell[0] == UInt8(ascii: "{") { end = try json.scan(shell.base, into: &fields) - shell.base }
            while end < shell.count, [0x20, 0x09, 0x0a, 0x0d].contains(shell[end]) { end += 1 }
            if end < shell.count { throw json.unexpected(shell.base + end, "the end of the source", fields) }
            return nil
        } catch {
            return error
        }
    }
}
