import Glibc

/// Reads and writes small files as a whole.
enum WholeFile {
    /// The bytes of a file; of one that has more than so many, these first ones.
    static func read(_ path: String, atMost limit: Int) throws(SystemError) -> [UInt8] {
        let file = try FileDescriptor.open(reading: path)
        defer { file.close() }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < limit {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            bytes += buffer[..<min(count, limit - bytes.count)]
        }
        return bytes
    }

    /// Puts bytes into a file, whole or not at all: they are written beside it, and the new file takes its name.
    ///
    /// A link stays a link, and the file keeps its permissions. What is no regular file, such as a pipe, is written to as it is.
    static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let status = try? FileStatus(path: path)
        if let status, status.kind != .regular {
            let file = try FileDescriptor.open(writing: path)
            defer { file.close() }
            return try file.write(bytes)
        }
        let target = status == nil ? path : try resolved(path)
        let draft = "\(target).\(getpid()).draft"
        do throws(SystemError) {
            let file = try FileDescriptor.create(draft)
            defer { file.close() }
            if let mode = status?.mode { try file.setMode(mode) }
            try file.write(bytes)
            if rename(draft, target) != 0 { throw SystemError.last }
        } catch {
            _ = unlink(draft)
            throw error
        }
    }

    /// The path with its links followed.
    private static func resolved(_ path: String) throws(SystemError) -> String {
        guard let resolved = realpath(path, nil) else { throw SystemError.last }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
