/// Reads small files as a whole.
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
}
