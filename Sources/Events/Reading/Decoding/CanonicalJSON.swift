/// The fields of a record as JSON with sorted keys and no spaces: what digests are made of.
///
/// Canonical fields bear their canonical names and hold what they mean after the profile's values (defaults are left out, as
/// nothing of them was reported); the rest is as it came. Absent fields are left out.
struct CanonicalJSON {
    /// What may be a member: a canonical field that a key can feed, or the key's own field where it feeds none.
    private struct Member {
        var name: [UInt8]
        var key: Int
        var field: EventField?
        /// The name in quotes, with its colon.
        var label: [UInt8]
    }

    private var members: [Member] = []
    private var keyCount = 0
    private var json: [UInt8] = []

    /// The JSON of the record that is being read; it stays until the next.
    mutating func bytes(
        _ fields: borrowing RecordFields, _ values: inout FieldValues, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> [UInt8] {
        if keyCount != fields.count { learn(fields, values.bindings) }
        json.removeAll(keepingCapacity: true)
        json.append(UInt8(ascii: "{"))
        for index in members.indices where fields.has(members[index].key) {
            let (key, field) = (members[index].key, members[index].field)
            let start = json.count
            if start > 1 { json.append(UInt8(ascii: ",")) }
            json += members[index].label
            let isThere: Bool
            if let field {
                guard values.bindings.key(of: field, in: fields) == key else {
                    json.removeSubrange(start...)
                    continue
                }
                isThere = try append(field, fields.slots[key], fields, &values, &symbols)
            } else {
                isThere = !values.bindings.feeds(key, in: fields)
                if isThere { append(fields.slots[key], fields) }
            }
            if !isThere { json.removeSubrange(start...) }
        }
        json.append(UInt8(ascii: "}"))
        return json
    }

    private mutating func learn(_ fields: borrowing RecordFields, _ bindings: Bindings) {
        keyCount = fields.count
        members = []
        for key in 0..<fields.count {
            for field in bindings.candidates(of: key) { add(Array(field.name.utf8), key, field) }
            add(Array(fields.names[key].utf8), key, nil)
        }
        members.sort {
            $0.name == $1.name ? $0.key < $1.key : $0.name.lexicographicallyPrecedes($1.name)
        }
    }

    private mutating func add(_ name: [UInt8], _ key: Int, _ field: EventField?) {
        var label: [UInt8] = []
        name.withView { CanonicalJSON.quote($0, into: &label) }
        label.append(UInt8(ascii: ":"))
        members.append(Member(name: name, key: key, field: field, label: label))
    }

    /// Adds a canonical field's value; false where it is absent.
    private mutating func append(
        _ field: EventField, _ slot: FieldSlot, _ fields: borrowing RecordFields, _ values: inout FieldValues,
        _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> Bool {
        switch field.kind {
        case .number:
            let number = try values.number(field, fields, &symbols)
            if !number.isNaN { append(number) }
            return !number.isNaN
        case .boolean:
            guard let boolean = try values.boolean(field, fields, &symbols) else { return false }
            json += Array((boolean ? "true" : "false").utf8)
        case .instant:
            if slot.kind == .text, fields.text(slot).isEmpty { return false }
            append(slot, fields)
        case .text:
            if slot.kind == .text, !values.hasTranslation(field) {
                let text = fields.text(slot).trimmed
                if !text.isEmpty {
                    CanonicalJSON.quote(text, into: &json)
                    return true
                }
            }
            let symbol = try values.symbol(field, fields, &symbols)
            if symbol.isAbsent { return false }
            append(symbols.value(of: symbol))
        }
        return true
    }

    /// Adds a value as it came.
    private mutating func append(_ slot: FieldSlot, _ fields: borrowing RecordFields) {
        switch slot.kind {
        case .text: CanonicalJSON.quote(fields.text(slot), into: &json)
        case .number: append(slot.number)
        case .yes: append(.boolean(true))
        case .no: append(.boolean(false))
        case .list: append(.list(ListReader.values(fields.text(slot))))
        }
    }

    private mutating func append(_ number: Double) { json.append(contentsOf: NumberText.shortest(number).utf8) }

    private mutating func append(_ value: Value) {
        switch value {
        case .absent: json.append(contentsOf: "null".utf8)
        case .number(let number): append(number)
        case .boolean(let boolean): json.append(contentsOf: (boolean ? "true" : "false").utf8)
        case .text(let text): Array(text.utf8).withView { CanonicalJSON.quote($0, into: &json) }
        case .list(let members):
            json.append(UInt8(ascii: "["))
            for (index, member) in members.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                append(member)
            }
            json.append(UInt8(ascii: "]"))
        }
    }

    /// A text between quotes; only what must be escaped is.
    private static func quote(_ text: ByteView, into json: inout [UInt8]) {
        json.append(0x22)
        if text.buffer.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }) {
            for byte in text.buffer { escape(byte, into: &json) }
        } else {
            json.append(contentsOf: text.buffer)
        }
        json.append(0x22)
    }

    private static func escape(_ byte: UInt8, into json: inout [UInt8]) {
        switch byte {
        case 0x22, 0x5c: json += [0x5c, byte]
        case 0x08: json += Array("\\b".utf8)
        case 0x09: json += Array("\\t".utf8)
        case 0x0a: json += Array("\\n".utf8)
        case 0x0c: json += Array("\\f".utf8)
        case 0x0d: json += Array("\\r".utf8)
        case 0..<0x20: json += Array("\\u00".utf8) + Array(SHA256.hexadecimal(UInt64(byte), digits: 2).utf8)
        default: json.append(byte)
        }
    }
}
