/// A source of incidents: a file, or standard input.
struct Input {
    /// The path, or `-` for standard input.
    var path: String
    /// What is known of it; nil if nothing is.
    var status: FileStatus?

    /// Its name in messages.
    var name: String { isStandardInput ? "<stdin>" : path }

    /// Whether it is standard input.
    var isStandardInput: Bool { path == "-" }

    /// Whether it ends by itself and can be read without waiting.
    var isRegular: Bool { status?.kind == .regular }

    /// The inputs of the arguments, standard input if there are none.
    ///
    /// Everything is looked at before anything is read: what follows from only a part of the inputs would be wrong without
    /// saying so.
    static func all(_ paths: [String]) throws(Failure) -> [Input] {
        let paths = paths.isEmpty ? ["-"] : paths
        if paths.count(where: { $0 == "-" }) > 1 {
            throw Failure(.configuration, "standard input ('-') is named more than once; it can be read only once")
        }
        var inputs: [Input] = []
        var problems: [String] = []
        for path in paths {
            do {
                inputs.append(try input(path))
            } catch {
                problems.append("\(path == "-" ? "<stdin>" : path): cannot be read: \(error.reason)")
                continue
            }
            if inputs.last?.status?.kind == .directory {
                problems.append("\(path): this is a folder; name the files in it")
            }
        }
        if !problems.isEmpty { throw Failure(.input, problems) }
        return inputs
    }

    private static func input(_ path: String) throws(SystemError) -> Input {
        if path == "-" {
            guard let status = FileDescriptor.standardInput.status else { throw SystemError.last }
            return Input(path: path, status: status)
        }
        let status = try FileStatus(path: path)
        try FileStatus.checkReadable(path)
        return Input(path: path, status: status)
    }

    /// Opens it.
    func open() throws(SystemError) -> FileDescriptor {
        isStandardInput ? .standardInput : try .open(reading: path)
    }
}
