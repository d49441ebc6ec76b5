import CMalloc
import Glibc

/// How the heap of the process is had from the system.
enum Heap {
    private static let largePage = 2 << 20

    /// Prepares for keeping about so many bytes: the system is asked for them in large pages, and once.
    ///
    /// It changes how fast memory is had, never what the program does: what the system does not grant is had as before.
    /// To be called before there is a second thread.
    static func expect(_ count: Int) {
        // One heap for all threads, which grows in large steps, is never trimmed, and has all but the largest arrays.
        _ = mallopt(M_ARENA_MAX, 1)
        _ = mallopt(M_MMAP_THRESHOLD, Int32(32 << 20))
        _ = mallopt(M_TRIM_THRESHOLD, .max)
        _ = mallopt(M_TOP_PAD, Int32(clamping: min(count, 1 << 30)))
        let before = UInt(bitPattern: sbrk(0))
        // Asking for more than there is left has the heap grow. It is used, or the compiler would leave it out.
        let block = malloc(16 << 20)
        let isGranted = malloc_usable_size(block) > 0
        free(block)
        let after = UInt(bitPattern: sbrk(0))
        _ = mallopt(M_TOP_PAD, Int32(4 * largePage))
        guard isGranted, after > before, let start = UnsafeMutableRawPointer(bitPattern: before) else { return }
        let aligned = start.alignedUp(toMultipleOf: largePage)
        let length = Int(after) - Int(bitPattern: aligned)
        if length > 0 { _ = madvise(aligned, length, MADV_HUGEPAGE) }
    }
}
