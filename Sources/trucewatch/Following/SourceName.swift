/// What the arguments name to be followed.
enum SourceName: Hashable {
    case standardInput
    /// One file, there or not yet.
    case file(String)
    /// The files of a folder whose names match a pattern.
    case pattern(folder: String, names: String)

    /// What each argument names; standard input if there are none.
    ///
    /// - Parameter follows: whether a file may appear later.
    static func all(_ arguments: [String], follows: Bool) throws(Failure) -> [SourceName] {
        let arguments = arguments.isEmpty ? ["-"] : arguments
        if arguments.count(where: { $0 == "-" }) > 1 {
            throw Failure(.configuration, "standard input ('-') is named more than once; it can be read only once")
        }
        var names: [SourceName] = []
        var problems: [String] = []
        for argument in arguments {
            let name = self.name(argument)
            if let problem = name.problem(follows: follows) { problems.append(problem) }
            names.append(name)
        }
        if !problems.isEmpty { throw Failure(.input, problems) }
        return names
    }

    private static func name(_ argument: String) -> SourceName {
        if argument == "-" { return .standardInput }
        if let status = try? FileStatus(path: argument) {
            return status.kind == .directory ? .pattern(folder: argument, names: "*") : .file(argument)
        }
        let (folder, name) = split(argument)
        return name.contains { "*?[".contains($0) } ? .pattern(folder: folder, names: name) : .file(argument)
    }

    /// The folder of a path, and the name in it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }

    /// The folder in which its files come and go; nil for standard input.
    var folder: String? {
        switch self {
        case .standardInput: nil
        case .file(let path): SourceName.split(path).folder
        case .pattern(let folder, _): folder
        }
    }

    /// Why it cannot be read, nil if it can.
    private func problem(follows: Bool) -> String? {
        switch self {
        case .standardInput:
            return FileDescriptor.standardInput.status == nil ? "<stdin>: cannot be read: it is closed" : nil
        case .file(let path):
            do {
                _ = try FileStatus(path: path)
                try FileStatus.checkReadable(path)
                return nil
            } catch {
                let folder = SourceName.split(path).folder
                let waits = follows && error == .noSuchFile && (try? FileStatus(path: folder))?.kind == .directory
                return waits ? nil : "\(path): cannot be read: \(error.reason)"
            }
        case .pattern(let folder, let names):
            do {
                let known = try FileStatus.names(inFolder: folder)
                if follows || known.contains(where: { FileStatus.matches($0, pattern: names) }) { return nil }
                return "\(folder)/\(names): no file matches"
            } catch {
                return "\(folder): cannot be read: \(error.reason)"
            }
        }
    }

    /// The paths of its files that are there now, sorted by name; hidden files are left out.
    var paths: [String] {
        switch self {
        case .standardInput: return ["-"]
        case .file(let path): return [path]
        case .pattern(let folder, let names):
            let known = (try? FileStatus.names(inFolder: folder)) ?? []
            let matching = known.filter { FileStatus.matches($0, pattern: names) }
            return matching.map { folder == "." ? $0 : folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
                .filter {
                    guard let kind = (try? FileStatus(path: $0))?.kind else { return false }
                    return kind == .regular || kind == .pipe
                }
        }
    }
}
