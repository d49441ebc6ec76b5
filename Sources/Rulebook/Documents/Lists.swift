import Diagnostics

/// Reads `lists:`, the values of placeholders such as `%name%`.
enum ListReader {
    /// The values of each list.
    static func read(_ entries: [Node.Entry], _ scope: Scope) -> [String: [Node]] {
        var lists: [String: [Node]] = [:]
        var places: [String: Location] = [:]
        for entry in entries {
            if let first = places[entry.name] {
                scope.error(
                    .duplicateList, "the list '\(entry.name)' is already at \(first.file):\(first.line)",
                    at: entry.key.location)
                continue
            }
            places[entry.name] = entry.key.location
            lists[entry.name] = values(of: entry, scope.within("list '\(entry.name)'"))
        }
        return lists
    }

    private static func values(of entry: Node.Entry, _ scope: Scope) -> [Node] {
        guard let items = entry.value.items else {
            scope.error(
                .wrongType, "a list of values is expected, not \(entry.value.description)", at: entry.value.location)
            return []
        }
        if items.isEmpty { scope.error(.emptyList, "the list has no values", at: entry.value.location) }
        return items.filter { item in
            if item.scalar != nil, !item.isNull { return true }
            scope.error(.wrongType, "a value is expected, not \(item.description)", at: item.location)
            return false
        }
    }
}
