/// Numbers of bytes for people.
public enum ByteCount {
    private static let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)]

    /// `64 GiB`, or bytes where it is not so many of any unit.
    public static func text(_ count: Int) -> String {
        let unit = units.first { count >= 1 << $0.1 && count & (1 << $0.1 - 1) == 0 }
        return unit.map { "\(count >> $0.1) \($0.0)" } ?? "\(count) bytes"
    }
}
