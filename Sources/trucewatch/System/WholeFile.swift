/// Reads small files as a whole.
enum WholeFile {
    /// The bytes of a file; nil if there are more than so many.
    static func read(_ path: String, atMost limit: Int) throws(SystemError) -> [UInt8]? {
        let file = try FileDescriptor.open(reading: path)
        defer { file.close() }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try file.read(into: &buffer)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            if bytes.count > limit { return nil }
        }
    }
}
