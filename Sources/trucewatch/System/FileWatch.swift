import Glibc

/// Tells when files change, without looking at them again and again: `inotify`.
final class FileWatch {
    /// What has happened.
    enum Event: Hashable {
        /// Something was done to the file or folder that is watched by a number.
        case changed(Int32)
        /// More has happened than could be told.
        case overflow
    }

    let descriptor: FileDescriptor
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init() throws(SystemError) {
        let number = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        if number < 0 { throw SystemError.last }
        descriptor = FileDescriptor(number: number)
    }

    deinit { descriptor.close() }

    /// Watches what is written into a file, and its going; links are followed.
    ///
    /// - Returns: the number of the watch, the same for the same file; nil if the file is not there.
    func watch(file path: String) -> Int32? {
        add(path, IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_MOVE_SELF | IN_DELETE_SELF)
    }

    /// Watches the names in a folder.
    func watch(folder path: String) -> Int32? {
        add(path, IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_CLOSE_WRITE)
    }

    private func add(_ path: String, _ mask: Int32) -> Int32? {
        let number = inotify_add_watch(descriptor.number, path, UInt32(mask))
        return number < 0 ? nil : number
    }

    /// Ends a watch.
    func remove(_ number: Int32) { inotify_rm_watch(descriptor.number, number) }

    /// What has happened since the last call.
    func events() -> Set<Event> {
        var events: Set<Event> = []
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor.number, $0.baseAddress, $0.count) }
            if count <= 0 { return events }
            var offset = 0
            while offset + MemoryLayout<inotify_event>.size <= count {
                let event = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: inotify_event.self) }
                events.insert(event.mask & UInt32(IN_Q_OVERFLOW) != 0 ? .overflow : .changed(event.wd))
                offset += MemoryLayout<inotify_event>.size + Int(event.len)
            }
        }
    }
}
