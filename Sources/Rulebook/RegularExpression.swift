/// A compiled regular expression (PCRE2, UTF mode), safe to share.
public final class RegularExpression: Sendable {
    /// The pattern as written.
    public let pattern: String

    init(pattern: String) { self.pattern = pattern }
}
