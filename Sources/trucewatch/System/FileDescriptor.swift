import Glibc

/// An open file of the operating system.
struct FileDescriptor: Hashable {
    /// The system's number for it.
    var number: Int32

    static let standardInput = FileDescriptor(number: STDIN_FILENO)
    static let standardOutput = FileDescriptor(number: STDOUT_FILENO)
    static let standardError = FileDescriptor(number: STDERR_FILENO)

    /// Opens a file for reading.
    static func open(reading path: String) throws(SystemError) -> FileDescriptor {
        try opened(Glibc.open(path, O_RDONLY | O_CLOEXEC))
    }

    /// Creates a file for writing, or empties the one that is there.
    static func create(_ path: String) throws(SystemError) -> FileDescriptor {
        try opened(Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644))
    }

    /// Opens what is there for writing.
    static func open(writing path: String) throws(SystemError) -> FileDescriptor {
        try opened(Glibc.open(path, O_WRONLY | O_CLOEXEC))
    }

    /// Sets who may read and write it.
    func setMode(_ mode: UInt32) throws(SystemError) {
        if fchmod(number, mode) != 0 { throw SystemError.last }
    }

    /// Opens a file for following: one that is a named pipe stays open though its writers come and go.
    static func open(following path: String) throws(SystemError) -> FileDescriptor {
        let isPipe = try FileStatus(path: path).kind == .pipe
        return try opened(Glibc.open(path, (isPipe ? O_RDWR | O_NONBLOCK : O_RDONLY) | O_CLOEXEC))
    }

    /// Opens a file for reading and writing at its end; one that is not there is made.
    static func open(appending path: String) throws(SystemError) -> FileDescriptor {
        try opened(Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644))
    }

    private static func opened(_ number: Int32) throws(SystemError) -> FileDescriptor {
        if number < 0 { throw SystemError.last }
        return FileDescriptor(number: number)
    }

    /// Has the numbers of the standard files taken where this process was started without them.
    ///
    /// Otherwise the next file opened would become standard output. Reading from or writing to what is put there fails.
    static func occupyStandardNumbers() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            _ = Glibc.open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Closes it.
    func close() { _ = Glibc.close(number) }

    /// Whether it is a terminal.
    var isTerminal: Bool { isatty(number) == 1 }

    /// What kind of file it is.
    var status: FileStatus? {
        var status = stat()
        return fstat(number, &status) == 0 ? FileStatus(status) : nil
    }

    /// How many columns the terminal has; nil if it is none, or does not know.
    var terminalWidth: Int? {
        var size = winsize()
        guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Where the next byte is read from; nil where that cannot be told, as of a pipe.
    var position: Int? {
        let offset = lseek(number, 0, SEEK_CUR)
        return offset < 0 ? nil : Int(offset)
    }

    /// Has the next byte read from elsewhere.
    func move(to position: Int) throws(SystemError) {
        if lseek(number, off_t(position), SEEK_SET) < 0 { throw SystemError.last }
    }

    /// Reads what there is, at most as much as the buffer holds.
    ///
    /// - Returns: how many bytes were read; 0 at the end.
    func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        var span = buffer.mutableSpan
        var room = span.mutableBytes
        return try read(into: &room)
    }

    /// The same, into memory that is lent, behind so many bytes that stay.
    func read(into room: inout MutableRawSpan, behind kept: Int = 0) throws(SystemError) -> Int {
        while true {
            let count = room.withUnsafeMutableBytes {
                Glibc.read(number, $0.baseAddress?.advanced(by: kept), $0.count - kept)
            }
            if count >= 0 { return count }
            let failure = SystemError.last
            switch failure {
            case .interrupted: continue
            case .wouldBlock: waitUntil(POLLIN)
            default: throw failure
            }
        }
    }

    /// Reads what there is, without waiting for more where the file is not regular.
    ///
    /// - Returns: how many bytes were read; 0 at the end, nil if there are none for now.
    func readAvailable(into buffer: inout [UInt8]) throws(SystemError) -> Int? {
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            let failure = SystemError.last
            if failure == .wouldBlock { return nil }
            if failure != .interrupted { throw failure }
        }
    }

    /// Reads so many bytes at a position, or as many as there are.
    func read(_ count: Int, at position: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let more = bytes.withUnsafeMutableBytes {
                pread(number, $0.baseAddress?.advanced(by: filled), count - filled, off_t(position + filled))
            }
            if more < 0, SystemError.last == .interrupted { continue }
            if more <= 0 { break }
            filled += more
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Goes to a position.
    func seek(to position: Int) throws(SystemError) {
        if lseek(number, off_t(position), SEEK_SET) < 0 { throw SystemError.last }
    }

    /// Cuts the file off at a length.
    func truncate(to length: Int) throws(SystemError) {
        if ftruncate(number, off_t(length)) != 0 { throw SystemError.last }
    }

    /// Writes all of the bytes.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(number, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count >= 0 {
                written += count
                continue
            }
            let failure = SystemError.last
            switch failure {
            case .interrupted: continue
            // Standard output may be shared with a program that made it non-blocking.
            case .wouldBlock: waitUntil(POLLOUT)
            default: throw failure
            }
        }
    }

    private func waitUntil(_ event: Int32) {
        var request = pollfd(fd: number, events: Int16(event), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
