import Events

// The parameters of the escalation patterns: SPEC section 7.
extension Correlation {
    /// The parameters of `share`.
    public struct Share: Sendable, Equatable {
        /// The rules whose contributions are the part, as positions among the correlation's rules.
        public var of: Set<Int>
        /// The rules whose contributions are the whole, as positions among the correlation's rules.
        public var among: Set<Int>
        /// The field whose sums are compared; nil where contributions are counted.
        public var field: String?
        /// How many contributions the whole must have.
        public var minimumCount: Int

        /// Creates the parameters.
        public init(of: Set<Int>, among: Set<Int>, field: String?, minimumCount: Int) {
            self.of = of
            self.among = among
            self.field = field
            self.minimumCount = minimumCount
        }
    }
}
