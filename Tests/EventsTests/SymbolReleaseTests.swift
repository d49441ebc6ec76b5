import Testing

@testable import Events

@Suite("A table of symbols lets go of values that nobody uses")
struct SymbolReleaseTests {
    @Test(
        "What is in use keeps its symbol, and so do members of lists and what is pinned; all others are given out again"
    )
    func release() {
        var symbols = SymbolTable()
        let kept = symbols.intern(text: "a text that is kept and longer than thirty-two bytes")
        let member = symbols.intern(number: 2.5)
        let list = symbols.intern(list: [member, symbols.intern(text: "in a list")])
        let pinned = symbols.intern(text: "pinned")
        symbols.pin(pinned)
        for number in 0..<3000 { _ = symbols.intern(text: "passing \(number)") }
        let lost = symbols.intern(list: [symbols.intern(text: "lost"), symbols.intern(boolean: true)])
        let count = symbols.count
        var used = [Bool](repeating: false, count: count)
        used[Int(kept.rawValue)] = true
        used[Int(list.rawValue)] = true
        symbols.release(inUse: used)
        let (inUse, isFree, releases) = (symbols.countInUse, symbols.isFree(lost), symbols.releases)
        #expect(inUse == 6 && isFree && releases == 1)
        #expect(symbols.text(of: kept) == "a text that is kept and longer than thirty-two bytes")
        #expect(symbols.value(of: list) == .list([.number(2.5), .text("in a list")]))
        let again = [
            symbols.intern(text: "a text that is kept and longer than thirty-two bytes"),
            symbols.intern(number: 2.5),
            symbols.intern(text: "pinned"),
        ]
        #expect(again == [kept, member, pinned])
        let anew = symbols.intern(list: [symbols.intern(text: "new"), symbols.intern(boolean: false)])
        #expect(symbols.value(of: anew) == .list([.text("new"), .boolean(false)]))
        for number in 0..<2900 { _ = symbols.intern(text: "other \(number)") }
        let countAfter = symbols.count
        #expect(countAfter == count, "no more symbols than before are needed")
        #expect(symbols.value(of: list) == .list([.number(2.5), .text("in a list")]))
        symbols.removeAll()
        let first = symbols.intern(text: "first")
        #expect(first.rawValue == 1)
    }
}
