/// The fields of a record as JSON with sorted keys and no spaces: what digests are made of.
///
/// Canonical fields bear their canonical names and hold what they mean after the profile's values (defaults are left out, as
/// nothing of them was reported); the rest is as it came. Absent fields are left out.
enum CanonicalJSON {
    static func bytes(
        _ fields: borrowing RecordFields, _ values: inout FieldValues, _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> [UInt8] {
        var members: [(name: [UInt8], value: [UInt8])] = []
        for key in 0..<fields.count where fields.has(key) {
            let slot = fields.slots[key]
            let fed = values.bindings.fields(fedBy: key, in: fields)
            for field in fed {
                let value = try canonical(field, slot, fields, &values, &symbols)
                if !value.isEmpty { members.append((Array(field.name.utf8), value)) }
            }
            if fed.isEmpty { members.append((Array(fields.names[key].utf8), text(of: asItCame(slot, fields)))) }
        }
        members.sort { $0.name.lexicographicallyPrecedes($1.name) }
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            quote(member.name, into: &json)
            json.append(UInt8(ascii: ":"))
            json += member.value
        }
        return json + [UInt8(ascii: "}")]
    }

    /// A canonical field's value; empty where it is absent.
    private static func canonical(
        _ field: EventField, _ slot: FieldSlot, _ fields: borrowing RecordFields, _ values: inout FieldValues,
        _ symbols: inout SymbolTable
    ) throws(ScanFailure) -> [UInt8] {
        switch field.kind {
        case .number:
            let number = try values.number(field, fields, &symbols)
            return number.isNaN ? [] : text(of: .number(number))
        case .boolean: return try values.boolean(field, fields, &symbols).map { text(of: .boolean($0)) } ?? []
        case .instant:
            let value = asItCame(slot, fields)
            return value == .text("") ? [] : text(of: value)
        case .text:
            let symbol = try values.symbol(field, fields, &symbols)
            return symbol.isAbsent ? [] : text(of: symbols.value(of: symbol))
        }
    }

    private static func asItCame(_ slot: FieldSlot, _ fields: borrowing RecordFields) -> Value {
        switch slot.kind {
        case .text: .text(fields.text(slot).text)
        case .number: .number(slot.number)
        case .yes: .boolean(true)
        case .no: .boolean(false)
        case .list: .list(ListReader.values(fields.text(slot)))
        }
    }

    private static func text(of value: Value) -> [UInt8] {
        switch value {
        case .absent: return Array("null".utf8)
        case .number(let number): return Array(NumberText.shortest(number).utf8)
        case .boolean(let boolean): return Array((boolean ? "true" : "false").utf8)
        case .text(let text):
            var json: [UInt8] = []
            quote(Array(text.utf8), into: &json)
            return json
        case .list(let members):
            return Array("[".utf8) + members.map { text(of: $0) }.joined(separator: Array(",".utf8)) + Array("]".utf8)
        }
    }

    /// A text between quotes; only what must be escaped is.
    private static func quote(_ text: [UInt8], into json: inout [UInt8]) {
        json.append(0x22)
        for byte in text {
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
        json.append(0x22)
    }
}
