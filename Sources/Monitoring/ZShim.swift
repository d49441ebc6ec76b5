import Events
extension Judge { mutating func unresolvedNames(in symbol: Symbol, symbols: borrowing SymbolTable) -> [String] { [] } }
