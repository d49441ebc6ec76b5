import Glibc

/// What the surroundings of the process say.
enum Environment {
    /// A variable; nil if it is not there or empty.
    static func value(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// Milliseconds that pass steadily; for progress only, never for the product.
    static var steadyMilliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Milliseconds since 1970 by the wall clock; only where the user asked for it.
    static var wallMilliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Ends the process.
    static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}
