import CPCRE2
import Synchronization

/// Why a text is not a regular expression.
public struct RegularExpressionError: Error, Hashable, Sendable {
    /// What is wrong with it.
    public var message: String
    /// Where in the pattern, in code points from 0.
    public var offset: Int
}

/// A compiled regular expression (PCRE2, UTF mode), safe to share.
public final class RegularExpression: Sendable {
    /// How a pattern is read.
    public struct Options: OptionSet, Sendable {
        /// The bits.
        public let rawValue: UInt8

        /// Creates options of bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Case does not matter (`i`).
        public static let caseless = Options(rawValue: 1)
        /// `^` and `$` are the ends of lines (`m`).
        public static let multiline = Options(rawValue: 2)
        /// `.` matches line ends too (`s`).
        public static let dotMatchesLineEnds = Options(rawValue: 4)
    }

    /// The pattern as written.
    public let pattern: String
    /// How it is read.
    public let options: Options
    // PCRE2 promises that a compiled pattern and a match context may be shared: they are not changed after `init`.
    private nonisolated(unsafe) let code: OpaquePointer
    private nonisolated(unsafe) let limits: OpaquePointer?
    private let given = Mutex<String?>(nil)

    /// How many steps of backtracking a search may take; a hostile pattern ends after some hundredths of a second.
    private static let matchLimit: UInt32 = 1_000_000
    private static let depthLimit: UInt32 = 100_000
    /// In KiB.
    private static let heapLimit: UInt32 = 20_000
    /// The longest pattern that is compiled, in bytes.
    private static let lengthLimit = 65_536

    /// Compiles a pattern.
    public init(pattern: String, options: Options = []) throws(RegularExpressionError) {
        guard pattern.utf8.count <= RegularExpression.lengthLimit else {
            throw RegularExpressionError(message: "it is longer than 64 KiB", offset: 0)
        }
        var flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
        if options.contains(.caseless) { flags |= PCRE2_CASELESS }
        if options.contains(.multiline) { flags |= PCRE2_MULTILINE }
        if options.contains(.dotMatchesLineEnds) { flags |= PCRE2_DOTALL }
        var failure: Int32 = 0
        var offset = 0
        let bytes = Array(pattern.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, UInt32(flags), &failure, &offset, nil) else {
            throw RegularExpressionError(
                message: RegularExpression.message(failure),
                offset: String(decoding: bytes.prefix(offset), as: UTF8.self).unicodeScalars.count)
        }
        // Without the compiler the interpreter does the same, only slower.
        _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        self.pattern = pattern
        self.options = options
        self.code = code
        limits = pcre2_match_context_create_8(nil)
        pcre2_set_match_limit_8(limits, RegularExpression.matchLimit)
        pcre2_set_depth_limit_8(limits, RegularExpression.depthLimit)
        pcre2_set_heap_limit_8(limits, RegularExpression.heapLimit)
    }

    deinit {
        pcre2_match_context_free_8(limits)
        pcre2_code_free_8(code)
    }

    /// Whether it is found anywhere in a text. A search that takes too many steps is given up and finds nothing:
    /// `givenUpText` tells.
    public func isFound(in text: String) -> Bool {
        var text = text
        let outcome = text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return search(Array("\0".utf8), count: 0) }
            return search(start, count: bytes.count)
        }
        if outcome >= 0 { return true }
        if outcome != PCRE2_ERROR_NOMATCH {
            given.withLock { if $0 == nil { $0 = String(text.unicodeScalars.prefix(RegularExpression.shown)) } }
        }
        return false
    }

    /// The beginning of the first text that a search of took too many steps, or too much memory; nil if there was none.
    public var givenUpText: String? { given.withLock { $0 } }

    // How many code points of such a text are kept.
    private static let shown = 60

    /// What PCRE2 says: 0 or more where it is found.
    private func search(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int32 {
        guard let results = pcre2_match_data_create_8(1, nil) else { return PCRE2_ERROR_NOMEMORY }
        defer { pcre2_match_data_free_8(results) }
        let flags = UInt32(PCRE2_NO_UTF_CHECK)
        let outcome = pcre2_match_8(code, bytes, count, 0, flags, results, limits)
        guard outcome == PCRE2_ERROR_JIT_STACKLIMIT else { return outcome }
        // The compiled code has a small stack of its own; the interpreter has the heap.
        return pcre2_match_8(code, bytes, count, 0, flags | UInt32(PCRE2_NO_JIT), results, limits)
    }

    private static func message(_ failure: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        _ = pcre2_get_error_message_8(failure, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
}
