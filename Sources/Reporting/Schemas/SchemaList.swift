/// The schemas that can be written: a new one is a line here and a file beside this one.
public enum SchemaName: String, CaseIterable, Sendable {
    case rulebook, alert, risk, statistic
    case explainedEvent = "explained-event"
    case explainedRule = "explained-rule"

    /// The schema as a document.
    public var bytes: [UInt8] {
        switch self {
        case .rulebook: RulebookSchema.bytes
        case .alert: AlertSchema.bytes
        case .risk: RiskSchema.bytes
        case .statistic: StatisticSchema.bytes
        case .explainedEvent: ExplanationSchemas.eventBytes
        case .explainedRule: ExplanationSchemas.ruleBytes
        }
    }
}
