import Events
enum SHA256 { static func hexadecimal(of bytes: [UInt8]) -> String { "0123456789abcdef0123" } }
extension Judge { mutating func unresolvedNames(in symbol: Symbol, symbols: borrowing SymbolTable) -> [String] { [] } }
