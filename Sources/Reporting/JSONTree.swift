/// A JSON document that is put together before it is written.
indirect enum JSONTree: Sendable {
    case text(String)
    case number(Int)
    case boolean(Bool)
    case list([JSONTree])
    /// Members in the order of writing; those without a value are left out.
    case object([(key: String, value: JSONTree?)])

    /// An object whose members are all texts, or nil.
    static func texts(_ members: [(key: String, value: String?)]) -> JSONTree {
        .object(members.map { ($0.key, $0.value.map { .text($0) }) })
    }

    /// The document as bytes, indented by two spaces a level, with a line end behind it.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes, depth: 0)
        bytes.append("\n")
        return bytes
    }

    private func write(into bytes: inout [UInt8], depth: Int) {
        switch self {
        case .text(let text): bytes.append(jsonText: text)
        case .number(let number): bytes.append(decimal: Int64(number))
        case .boolean(let boolean): bytes.append(boolean ? "true" : "false")
        case .list(let items):
            JSONTree.write(items.map { (nil, $0) }, between: "[", and: "]", into: &bytes, depth: depth)
        case .object(let members):
            let present = members.compactMap { member in member.value.map { (Optional(member.key), $0) } }
            JSONTree.write(present, between: "{", and: "}", into: &bytes, depth: depth)
        }
    }

    private static func write(
        _ items: [(key: String?, value: JSONTree)], between open: String, and close: String, into bytes: inout [UInt8],
        depth: Int
    ) {
        bytes.append(open)
        for (index, item) in items.enumerated() {
            bytes.append(index > 0 ? ",\n" : "\n")
            indent(depth + 1, &bytes)
            if let key = item.key {
                bytes.append(jsonText: key)
                bytes.append(": ")
            }
            item.value.write(into: &bytes, depth: depth + 1)
        }
        if !items.isEmpty {
            bytes.append("\n")
            indent(depth, &bytes)
        }
        bytes.append(close)
    }

    private static func indent(_ depth: Int, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}
