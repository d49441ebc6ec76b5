import Events

/// The name of an alert: the same for the same rule, group, onset and (of a detection) event, in every run.
enum AlertIdentity {
    /// 16 hexadecimal digits of the SHA-256 of a JSON array: rule, group, onset in milliseconds and, of a detection, event.
    static func identifier(rule: String, group: [Alert.GroupValue], onset: Instant, event: String?) -> String {
        var text = "[" + quoted(rule) + "," + self.text(of: group) + "," + String(onset.milliseconds)
        if let event { text += "," + quoted(event) }
        text += "]"
        return String(SHA256.hexadecimal(of: Array(text.utf8)).prefix(16))
    }

    /// A group as a JSON object, in the order of the rule's fields.
    static func text(of group: [Alert.GroupValue]) -> String {
        var text = "{"
        for (index, member) in group.enumerated() {
            if index > 0 { text += "," }
            text += quoted(member.field) + ":" + self.text(of: member.value)
        }
        return text + "}"
    }

    private static func text(of value: Value) -> String {
        switch value {
        case .absent: "null"
        case .text(let text): quoted(text)
        case .number(let number): NumberText.shortest(number)
        case .boolean(let boolean): boolean ? "true" : "false"
        case .list(let members): "[" + members.map { text(of: $0) }.joined(separator: ",") + "]"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..."\u{1f}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
