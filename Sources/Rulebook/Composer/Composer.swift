import Diagnostics

/// Turns the events of libyaml into trees of nodes, within limits that no file can talk it out of.
struct Composer: ~Copyable {
    /// Said after the diagnostic that explains it: the rest of the file cannot be read.
    private struct Stop: Error {}

    /// How deep lists and mappings may nest. libyaml takes quadratic time in the depth of flow style.
    static let depthLimit = 64
    /// How many nodes a file may have with its aliases expanded.
    static let nodeLimit = 200_000
    /// So many bytes of a text count as one more node where an alias repeats it.
    private static let textUnit = 64

    private let source: SourceText
    private let scope: Scope
    private var reader: YAMLEventReader
    private var anchors: [String: Node] = [:]
    private var openAnchors: Set<String> = []
    private var nodeCount = 0

    init(_ source: SourceText, _ scope: Scope) {
        self.source = source
        self.scope = scope
        reader = YAMLEventReader(source.bytes)
    }

    /// The documents of the file, and whether it could be read to its end.
    mutating func documents() -> (documents: [Node], isComplete: Bool) {
        var documents: [Node] = []
        do throws(Stop) {
            while true {
                let event = try next()
                switch event.kind {
                case .streamEnd: return (documents, true)
                case .streamStart, .documentEnd: continue
                case .documentStart:
                    anchors = [:]
                    documents.append(try node(of: try next(), depth: 0))
                default: return (documents, true)
                }
            }
        } catch {
            return (documents, false)
        }
    }

    private mutating func next() throws(Stop) -> YAMLEvent {
        do throws(YAMLError) {
            return try reader.next()
        } catch {
            let complaint = YAMLComplaint(error, in: source)
            scope.error(.yamlSyntax, complaint.message, at: complaint.location, help: complaint.help)
            throw Stop()
        }
    }

    private mutating func node(of event: YAMLEvent, depth: Int) throws(Stop) -> Node {
        let location = source.location(from: event.start, to: event.end)
        try count(1, at: location)
        switch event.kind {
        case .alias(let name): return try expand(name, depth: depth, at: location)
        case .scalar(let text, let isPlain, let tag, let anchor):
            return remember(anchor, scalar(text, isPlain: isPlain, tag: tag, event: event, at: location))
        case .sequenceStart(let tag, let anchor):
            check(tag, isOneOf: ["seq"], at: location)
            try enter(depth, anchor, at: location)
            return remember(anchor, try sequence(depth: depth, at: location))
        case .mappingStart(let tag, let anchor):
            check(tag, isOneOf: ["map"], at: location)
            try enter(depth, anchor, at: location)
            return remember(anchor, try mapping(depth: depth, at: location))
        default: throw Stop()
        }
    }

    private func scalar(_ text: String, isPlain: Bool, tag: String?, event: YAMLEvent, at location: Location) -> Node {
        check(tag, isOneOf: ["str", "int", "float", "bool", "null"], at: location)
        let isText = tag.map { $0 == "!" || $0.hasSuffix(":str") } ?? !isPlain
        let scalar = Scalar(text: text, isPlain: isPlain, span: event.end - event.start, isText: isText)
        return Node(content: .scalar(scalar), location: location, size: 1 + text.utf8.count / Composer.textUnit)
    }

    private mutating func sequence(depth: Int, at location: Location) throws(Stop) -> Node {
        var items: [Node] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind { break }
            items.append(try node(of: event, depth: depth + 1))
        }
        return Node(
            content: .sequence(items), location: location, size: items.reduce(1) { $0 + $1.size },
            height: (items.map(\.height).max() ?? 0) + 1)
    }

    private mutating func mapping(depth: Int, at location: Location) throws(Stop) -> Node {
        var entries: [Node.Entry] = []
        var merged: [Node] = []
        var places: [String: Int] = [:]
        var isInSecondDocument = false
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { break }
            let key = try node(of: event, depth: depth + 1)
            let value = try node(of: try next(), depth: depth + 1)
            guard let scalar = key.scalar else {
                scope.error(.complexKey, "a key must be a text, not \(key.description)", at: key.location)
                continue
            }
            if scalar.isPlain, scalar.text == "<<" {
                merged.append(value)
            } else if let line = places[scalar.text] {
                // Where a second document begins without its mark, all of its keys stand twice.
                let isDocument = depth == 0 && scalar.text == "title"
                if !isInSecondDocument {
                    scope.error(
                        .duplicateKey, "'\(scalar.text)' stands twice, first on line \(line)", at: key.location,
                        help: isDocument ? ["write '---' on a line of its own between two documents"] : [])
                }
                isInSecondDocument = isInSecondDocument || isDocument
            } else {
                places[scalar.text] = key.location.line
                entries.append(Node.Entry(key: key, value: value))
            }
        }
        for value in merged { try merge(value, into: &entries, known: &places) }
        return Node(
            content: .mapping(entries), location: location,
            size: entries.reduce(1) { $0 + $1.key.size + $1.value.size },
            height: (entries.map(\.value.height).max() ?? 0) + 1)
    }

    /// Adds the entries of a `<<` key: what the mapping says itself wins, then the earlier of several mappings.
    private mutating func merge(
        _ value: Node, into entries: inout [Node.Entry], known: inout [String: Int]
    ) throws(Stop) {
        for mapping in value.items ?? [value] {
            guard let added = mapping.entries else {
                scope.error(.invalidMerge, "'<<' takes a mapping or a list of mappings", at: mapping.location)
                continue
            }
            for entry in added where known[entry.name] == nil {
                known[entry.name] = entry.key.location.line
                entries.append(entry)
            }
        }
    }

    private func check(_ tag: String?, isOneOf names: [String], at location: Location) {
        guard let tag, tag != "!", !names.contains(where: { tag == "tag:yaml.org,2002:" + $0 }) else { return }
        scope.error(
            .unknownTag, "the tag '\(tag)' is not known here", at: location, help: ["leave it out"])
    }

    private mutating func enter(_ depth: Int, _ anchor: String?, at location: Location) throws(Stop) {
        if depth >= Composer.depthLimit { throw tooDeep(at: location) }
        if let anchor { openAnchors.insert(anchor) }
    }

    private mutating func remember(_ anchor: String?, _ node: Node) -> Node {
        guard let anchor else { return node }
        openAnchors.remove(anchor)
        anchors[anchor] = node
        return node
    }

    private mutating func expand(_ name: String, depth: Int, at location: Location) throws(Stop) -> Node {
        if openAnchors.contains(name) {
            scope.error(.aliasCycle, "'*\(name)' stands within what '&\(name)' names", at: location)
            throw Stop()
        }
        guard let node = anchors[name] else {
            scope.error(
                .unknownAlias, "there is no '&\(name)' before this '*\(name)' in the document", at: location,
                help: Suggestion.help(for: name, amongKeysOf: anchors) + ["put a text that begins with * in quotes"])
            throw Stop()
        }
        if depth + node.height > Composer.depthLimit { throw tooDeep(at: location) }
        try count(node.size - 1, at: location)
        return node
    }

    private mutating func count(_ added: Int, at location: Location) throws(Stop) {
        nodeCount += added
        guard nodeCount > Composer.nodeLimit else { return }
        scope.error(
            .tooManyNodes, "with its aliases expanded the file has more than \(Composer.nodeLimit) values",
            at: location)
        throw Stop()
    }

    private func tooDeep(at location: Location) -> Stop {
        scope.error(
            .tooDeep, "lists and mappings nest more than \(Composer.depthLimit) deep", at: location)
        return Stop()
    }
}
