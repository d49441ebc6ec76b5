import Glibc

/// What the operating system knows of a file.
struct FileStatus {
    /// What kind of file it is.
    enum Kind { case regular, directory, pipe, other }

    /// Which file it is, whatever its name.
    struct Identity: Hashable {
        var device: UInt
        var node: UInt
    }

    var kind: Kind
    var size: Int
    /// Who may read, write and run it.
    var mode: UInt32
    var identity: Identity
    /// Whether some folder still has a name for it.
    var hasName: Bool

    /// Reads off what a call of the operating system said.
    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFIFO: .pipe
            default: .other
            }
        size = Int(status.st_size)
        mode = status.st_mode & 0o7777
        hasName = status.st_nlink > 0
        identity = Identity(device: UInt(status.st_dev), node: UInt(status.st_ino))
    }

    /// Asks for the file of a name; links are followed.
    init(path: String) throws(SystemError) {
        var status = stat()
        if stat(path, &status) != 0 { throw SystemError.last }
        self.init(status)
    }

    /// Whether this process may read the file of a name; throws the reason if not.
    static func checkReadable(_ path: String) throws(SystemError) {
        if access(path, R_OK) != 0 { throw SystemError.last }
    }

    /// Whether a name matches a pattern of the shell with `*`, `?` and `[...]`.
    static func matches(_ name: String, pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }

    /// The names in a folder, sorted by code point; hidden ones are left out.
    static func names(inFolder path: String) throws(SystemError) -> [String] {
        guard let folder = opendir(path) else { throw SystemError.last }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: capacity) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }
}
