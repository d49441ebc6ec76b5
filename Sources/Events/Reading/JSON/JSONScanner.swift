/// Reads one JSON object, checking all of it, into the fields of a record.
///
/// The object must be followed by readable zeros, as in an `InputBuffer`; a zero ends every loop. Positions in failures are
/// those of the fields' input.
struct JSONScanner: ~Copyable {
    /// Objects and lists may lie within each other so many times.
    static let deepest = 64

    private(set) var predicted = PredictedKeys()
    /// Whether a line end may stand between the pieces of a record.
    var allowsLineEnds = false

    /// Forgets the keys of the source before.
    mutating func forgetKeys() { predicted.forget() }

    /// Reads the object that begins there and returns where it ends.
    mutating func scan(
        _ start: UnsafePointer<UInt8>, into fields: inout RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        var at = start
        var index = 0
        while true {
            // The first key of another record stands there with its brace: none may begin within this one.
            if at[0] == 0x7b, at != start { throw unexpected(at, "',' or '}'", fields) }
            at = predictedMembers(at, from: &index, into: &fields)
            if at[0] == 0x7d { return at + 1 }
            if at[0] == 0x7b, at != start { continue }
            let guess = predicted.find(at, from: index)
            if guess >= 0 {
                let key = predicted[guess].key
                let keyHash = predicted[guess].keyHash
                at = try value(spaces(at + predicted[guess].length), key, keyHash, 1, &fields)
                index = guess + 1
            } else {
                guard let (key, begin) = try member(at, isFirst: at == start, index, &fields) else {
                    return spaces(at == start ? at + 1 : at) + 1
                }
                at = try value(begin, key, fields.keyHashes[key], 1, &fields)
                index = min(index, predicted.count) + 1
            }
            if at[0] == 0x7d { return at + 1 }
        }
    }

    /// Reads the key of the next member and learns it; nil at the closing brace.
    private mutating func member(
        _ start: UnsafePointer<UInt8>, isFirst: Bool, _ index: Int, _ fields: inout RecordFields
    ) throws(ScanFailure) -> (Int, UnsafePointer<UInt8>)? {
        guard let (name, end) = try keyText(start, isFirst: isFirst, &fields) else { return nil }
        let begin = try colon(end, fields)
        guard let key = fields.key(named: name) else { throw tooManyKeys(start, fields) }
        let length = begin - start
        if length <= PredictedKey.longest {
            let glue = ByteView(base: start, count: length)
            predicted.learn(PredictedKey(glue, key: key, keyHash: fields.keyHashes[key]), at: index)
        }
        return (key, begin)
    }

    /// Reads the comma, or at first the brace, and the key behind it; nil at the closing brace.
    private func keyText(
        _ start: UnsafePointer<UInt8>, isFirst: Bool, _ fields: inout RecordFields
    ) throws(ScanFailure) -> (ByteView, UnsafePointer<UInt8>)? {
        var at = spaces(isFirst ? start + 1 : start)
        if at[0] == 0x7d { return nil }
        if !isFirst {
            guard at[0] == 0x2c else { throw unexpected(at, "',' or '}'", fields) }
            at = spaces(at + 1)
        }
        guard at[0] == 0x22 else { throw unexpected(at, "a key in double quotes", fields) }
        let (slot, end) = try JSONText.scan(at, &fields)
        return (fields.text(slot), end)
    }

    private func colon(
        _ start: UnsafePointer<UInt8>, _ fields: borrowing RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        let at = spaces(start)
        guard at[0] == 0x3a else { throw unexpected(at, "':'", fields) }
        return spaces(at + 1)
    }

    /// Reads the value of a key and returns where it ends.
    @inline(__always)
    private mutating func value(
        _ at: UnsafePointer<UInt8>, _ key: Int, _ keyHash: UInt64, _ depth: Int, _ fields: inout RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        if at[0] == 0x22 {
            let (slot, end) = try JSONText.scan(at, &fields)
            fields.set(key, keyHash: keyHash, slot, hash: ByteHash.hash(fields.text(slot)))
            return end
        }
        if at[0] &- 0x30 <= 9 || at[0] == 0x2d {
            let (number, length) = NumberReader.json(at)
            guard length > 0, number.isFinite else { throw badNumber(at, length, fields) }
            var slot = FieldSlot()
            slot.kind = .number
            slot.start = Int32(truncatingIfNeeded: at - fields.input)
            slot.end = slot.start &+ Int32(truncatingIfNeeded: length)
            slot.number = number
            fields.set(key, keyHash: keyHash, slot, hash: ByteHash.number(number))
            return at + length
        }
        return try otherValue(at, key, depth, &fields)
    }

    @inline(never)
    private mutating func otherValue(
        _ at: UnsafePointer<UInt8>, _ key: Int, _ depth: Int, _ fields: inout RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        switch at[0] {
        case 0x7b: return try nested(at, in: key, depth + 1, &fields)
        case 0x5b:
            let (end, isEmpty) = try list(at, depth + 1, &fields)
            if isEmpty { fields.remove(key) } else { set(key, .list, at, end, &fields) }
            return end
        default:
            let (kind, end) = try word(at, fields)
            if let kind { set(key, kind, at, end, &fields) } else { fields.remove(key) }
            return end
        }
    }

    private func set(
        _ key: Int, _ kind: TokenKind, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>,
        _ fields: inout RecordFields
    ) {
        var slot = FieldSlot()
        slot.kind = kind
        slot.start = Int32(truncatingIfNeeded: start - fields.input)
        slot.end = Int32(truncatingIfNeeded: end - fields.input)
        let hash = ByteHash.hash(ByteView(base: start, count: end - start))
        fields.set(key, keyHash: fields.keyHashes[key], slot, hash: hash)
    }

    /// Reads an object within the record: its members are fields with the names joined by dots.
    private mutating func nested(
        _ start: UnsafePointer<UInt8>, in outer: Int, _ depth: Int, _ fields: inout RecordFields
    ) throws(ScanFailure) -> UnsafePointer<UInt8> {
        if depth > JSONScanner.deepest { throw tooDeep(start, fields) }
        let prefix = Array((fields.names[outer] + ".").utf8)
        var at = start
        while let (name, end) = try keyText(at, isFirst: at == start, &fields) {
            let begin = try colon(end, fields)
            let found = (prefix + Array(name.buffer)).withView { fields.key(named: $0) }
            guard let key = found else { throw tooManyKeys(at, fields) }
            at =
                try begin[0] == 0x22 || begin[0] &- 0x30 <= 9 || begin[0] == 0x2d
                ? value(begin, key, fields.keyHashes[key], depth, &fields) : otherValue(begin, key, depth, &fields)
        }
        return spaces(at == start ? at + 1 : at) + 1
    }

    /// Checks a list and returns where it ends, and whether nothing but `null` is in it.
    private func list(
        _ start: UnsafePointer<UInt8>, _ depth: Int, _ fields: inout RecordFields
    ) throws(ScanFailure) -> (UnsafePointer<UInt8>, Bool) {
        if depth > JSONScanner.deepest { throw tooDeep(start, fields) }
        var at = spaces(start + 1)
        if at[0] == 0x5d { return (at + 1, true) }
        var isEmpty = true
        while true {
            let (end, isAbsent) = try skip(at, depth, &fields)
            isEmpty = isEmpty && isAbsent
            at = spaces(end)
            if at[0] == 0x5d { return (at + 1, isEmpty) }
            guard at[0] == 0x2c else { throw unexpected(at, "',' or ']'", fields) }
            at = spaces(at + 1)
        }
    }

    /// Checks a value within a list and returns where it ends, and whether it is nothing.
    private func skip(
        _ at: UnsafePointer<UInt8>, _ depth: Int, _ fields: inout RecordFields
    ) throws(ScanFailure) -> (UnsafePointer<UInt8>, Bool) {
        switch at[0] {
        case 0x22: return (try JSONText.scan(at, &fields).1, false)
        case 0x5b: return try list(at, depth + 1, &fields)
        case 0x7b:
            if depth >= JSONScanner.deepest { throw tooDeep(at, fields) }
            var member = at
            while let (_, end) = try keyText(member, isFirst: member == at, &fields) {
                member = try skip(colon(end, fields), depth + 1, &fields).0
            }
            return (spaces(member == at ? member + 1 : member) + 1, false)
        case 0x30...0x39, 0x2d:
            let (number, length) = NumberReader.json(at)
            guard length > 0, number.isFinite else { throw badNumber(at, length, fields) }
            return (at + length, false)
        default:
            let (kind, end) = try word(at, fields)
            return (end, kind == nil)
        }
    }

    /// Reads `true`, `false` or `null`; the last has no kind.
    private func word(
        _ at: UnsafePointer<UInt8>, _ fields: borrowing RecordFields
    ) throws(ScanFailure) -> (TokenKind?, UnsafePointer<UInt8>) {
        if ByteView(base: at, count: 4).equals("true") { return (.yes, at + 4) }
        if ByteView(base: at, count: 5).equals("false") { return (.no, at + 5) }
        if ByteView(base: at, count: 4).equals("null") { return (nil, at + 4) }
        throw unexpected(at, "a value", fields)
    }

    @inline(__always)
    private func spaces(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var at = start
        while at[0] == 0x20 || at[0] == 0x09 || at[0] == 0x0d || (at[0] == 0x0a && allowsLineEnds) { at += 1 }
        return at
    }
}
