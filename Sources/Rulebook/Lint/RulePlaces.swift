import Diagnostics

extension Rule {
    /// Where the value at a path of keys is written, of a list or a mapping its key; as far as the path goes.
    func place(_ path: String...) -> Location {
        var place = location
        var node = node
        for key in path {
            guard let entry = node?.entries?.first(where: { $0.name == key }) else { break }
            place = entry.value.scalar == nil ? entry.key.location : entry.value.location
            node = entry.value
        }
        return place
    }

    /// Where a text is written that is the value at a path of keys, or one of its items.
    func place(of text: String, in path: [String]) -> Location {
        var node = node
        for key in path { node = node?[key] }
        let items = node?.items ?? node.map { [$0] } ?? []
        return items.first { $0.scalar?.text == text }?.location ?? location
    }

    /// Where a field is written that an alias of a correlation stands for; nil where it is not.
    func place(of field: String, inAlias alias: String) -> Location? {
        node?["correlation"]?["aliases"]?[alias]?.entries?.first { $0.value.scalar?.text == field }?.value.location
    }

    /// The names of a correlation's aliases, those that `group-by` does not use among them.
    var aliasNames: [String] { node?["correlation"]?["aliases"]?.entries?.map(\.name) ?? [] }

    /// Where the first of some keys is written that stand at the top.
    func place(ofKey keys: String...) -> Location {
        node?.entries?.first { keys.contains($0.name) }?.key.location ?? location
    }
}
