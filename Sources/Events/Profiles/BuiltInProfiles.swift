extension Profile {
    /// The profiles that sources are recognised by, in this order; `native` is what remains.
    public static let builtIn: [Profile] = [.acled, .ucdpGED, .gdelt, .native]

    /// The built-in profile of a name.
    public static func builtIn(named name: String) -> Profile? { builtIn.first { $0.name == name } }

    /// The profile that the columns of a header, or the keys of a record, are those of; nil if of none.
    static func recognised(by columns: [String]) -> Profile? {
        let present = Set(columns)
        return builtIn.first { $0.signatures.contains { $0.allSatisfy(present.contains) } }
    }
}
