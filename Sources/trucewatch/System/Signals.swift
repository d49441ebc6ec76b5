import Glibc
import Synchronization

// The global state of the program: a signal handler can reach nothing else.
private let requestsToEnd = Atomic<Int>(0)
private let hangUps = Atomic<Int>(0)
// The two ends of a pipe that wakes the wait for input.
private let alarm = Atomic<Int32>(-1)
private let alarmEnd = Atomic<Int32>(-1)

/// Requests to end the run, by `SIGINT` or `SIGTERM`.
///
/// The first is remembered, and the run ends when it next looks. A second one ends the process at once: the reader of our
/// output may be stuck.
enum Signals {
    /// Whether the run was asked to end.
    static var endRequested: Bool { requestsToEnd.load(ordering: .relaxed) > 0 }

    /// Begins to remember requests, and has a closed pipe reported as an error of the write rather than by a signal.
    static func install() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
            alarmEnd.store(ends[0], ordering: .relaxed)
            alarm.store(ends[1], ordering: .relaxed)
        }
        // Globals are set up at their first use; that must not be in the handler.
        _ = requestsToEnd.load(ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            if requestsToEnd.add(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
            let reason = errno
            var byte: UInt8 = 0
            _ = write(alarm.load(ordering: .relaxed), &byte, 1)
            errno = reason
        }
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        signal(SIGPIPE, SIG_IGN)
        // A file that may grow no more is an error of the write, too.
        signal(SIGXFSZ, SIG_IGN)
        unblock([SIGINT, SIGTERM])
    }

    /// Lets signals through: who started this process may have had them blocked, and that is inherited.
    private static func unblock(_ numbers: [Int32]) {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in numbers { sigaddset(&signals, number) }
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Takes `SIGHUP` as a request to read the rule book again, as services do; without this it ends the process.
    static func installReload() {
        _ = hangUps.load(ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            hangUps.add(1, ordering: .relaxed)
            let reason = errno
            var byte: UInt8 = 0
            _ = write(alarm.load(ordering: .relaxed), &byte, 1)
            errno = reason
        }
        sigaction(SIGHUP, &action, nil)
        unblock([SIGHUP])
    }

    /// Whether the rule book is to be read again; asking takes the request.
    static func takeReloadRequest() -> Bool { hangUps.exchange(0, ordering: .relaxed) > 0 }

    /// What ended a wait for several inputs.
    enum WaitForAny: Equatable {
        /// These may be read; none if only time has passed.
        case readable([FileDescriptor])
        /// A signal has come.
        case signal
        /// Nobody reads the output any more.
        case outputClosed
    }

    /// Waits until one of the inputs may be read, a signal comes, or nobody reads the output any more.
    ///
    /// - Parameter milliseconds: no longer than that; nil for ever.
    static func wait(
        for inputs: [FileDescriptor], output: FileDescriptor?, atMost milliseconds: Int?
    ) -> WaitForAny {
        if endRequested || hangUps.load(ordering: .relaxed) > 0 { return .signal }
        var requests = inputs.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        requests.append(pollfd(fd: alarmEnd.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0))
        requests.append(pollfd(fd: output?.number ?? -1, events: 0, revents: 0))
        let timeout = milliseconds.map { Int32(clamping: max($0, 0)) } ?? -1
        let count = poll(&requests, nfds_t(requests.count), timeout)
        guard count > 0 else { return count < 0 ? .signal : .readable([]) }
        if requests[inputs.count].revents != 0 {
            emptyAlarm()
            return .signal
        }
        let ready = inputs.indices.filter { requests[$0].revents != 0 }.map { inputs[$0] }
        if ready.isEmpty, Int32(requests[inputs.count + 1].revents) & (POLLERR | POLLHUP) != 0 { return .outputClosed }
        return .readable(ready)
    }

    private static func emptyAlarm() {
        var bytes = [UInt8](repeating: 0, count: 64)
        let end = alarmEnd.load(ordering: .relaxed)
        var request = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
        if poll(&request, 1, 0) > 0 { _ = read(end, &bytes, bytes.count) }
    }

    /// What ended a wait for input.
    enum Wait { case readable, endRequested, outputClosed }

    /// Waits until there is something to read, the run is asked to end, or nobody reads the output any more.
    static func waitForInput(_ input: FileDescriptor, output: FileDescriptor) -> Wait {
        var watched = output.number
        while !endRequested {
            // The handler writes into the last of these, so that a request between the look and the wait is not slept through.
            var requests = [
                pollfd(fd: input.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: watched, events: 0, revents: 0),
                pollfd(fd: alarmEnd.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&requests, 3, -1)
            if count < 0, SystemError.last != .interrupted { return .readable }
            guard count > 0, !endRequested else { continue }
            // Input that is ready comes first, so that none is lost.
            if requests[0].revents != 0 { return .readable }
            if Int32(requests[1].revents) & (POLLERR | POLLHUP) != 0 { return .outputClosed }
            // What cannot be watched would end every wait at once.
            if requests[1].revents != 0 { watched = -1 }
        }
        return .endRequested
    }
}
