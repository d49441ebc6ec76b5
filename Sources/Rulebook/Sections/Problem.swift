/// Everything that can be wrong with a rule book, by the stable name that its diagnostic carries.
///
/// A new problem is one line here; what is said about it stands beside the code that finds it.
public enum Problem: String, CaseIterable, Sendable {
    // The file as YAML.
    case yamlSyntax = "yaml-syntax"
    case notUTF8 = "not-utf-8"
    case controlCharacter = "control-character"
    case tooLarge = "too-large"
    case tooDeep = "too-deep"
    case tooManyNodes = "too-many-nodes"
    case tooManyDiagnostics = "too-many-diagnostics"
    case unknownAlias = "unknown-alias"
    case aliasCycle = "alias-cycle"
    case duplicateKey = "duplicate-key"
    case unknownTag = "unknown-tag"
    case complexKey = "complex-key"
    case invalidMerge = "invalid-merge"

    // Keys and values.
    case notADocument = "not-a-document"
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case misplacedKey = "misplaced-key"
    case wrongType = "wrong-type"
    case invalidValue = "invalid-value"
    case emptyList = "empty-list"
    case unsupported = "unsupported"
    case emptyPeriod = "empty-period"

    // Actors, lists, ceasefires and profiles.
    case duplicateActor = "duplicate-actor"
    case ambiguousAlias = "ambiguous-alias"
    case unknownActor = "unknown-actor"
    case membershipCycle = "membership-cycle"
    case duplicateList = "duplicate-list"
    case unknownList = "unknown-list"
    case duplicateCeasefire = "duplicate-ceasefire"
    case duplicateSide = "duplicate-side"
    case actorOnTwoSides = "actor-on-two-sides"
    case duplicateProfile = "duplicate-profile"
    case unknownField = "unknown-field"

    // Rules.
    case duplicateRule = "duplicate-rule"
    case unknownLevel = "unknown-level"
    case unknownRule = "unknown-rule"
    case unknownModifier = "unknown-modifier"
    case modifierConflict = "modifier-conflict"
    case missingPlaceholder = "missing-placeholder"
    case invalidExpression = "invalid-expression"
    case conditionSyntax = "condition-syntax"
    case unknownSelection = "unknown-selection"
    case unusedSelection = "unused-selection"
    case tooManyTests = "too-many-tests"
    case unknownCorrelationType = "unknown-correlation-type"
    case missingAlias = "missing-alias"
    case unusedAlias = "unused-alias"
    case repeatedRule = "repeated-rule"
    case correlationCycle = "correlation-cycle"

    // Tests.
    case duplicateTest = "duplicate-test"
    case unknownEvent = "unknown-event"
    case missingArrival = "missing-arrival"
    case ruleWithoutAlerts = "rule-without-alerts"

    // Silences.
    case invalidMatcher = "invalid-matcher"

    // What `lint` finds in a rule book that loads.
    case ceasefireWithoutEnd = "ceasefire-without-end"
    case ceasefireWithoutStart = "ceasefire-without-start"
    case ceasefireWithoutParty = "ceasefire-without-party"
    case ceasefireWithoutArea = "ceasefire-without-area"
    case ceasefireWithoutProhibition = "ceasefire-without-prohibition"
    case ceasefireOverlap = "ceasefire-overlap"
    case ceasefireGap = "ceasefire-gap"
    case ceasefireLapse = "ceasefire-lapse"
    case actWithoutEffect = "act-without-effect"
    case ruleWithoutDescription = "rule-without-description"
    case ruleWithoutLevel = "rule-without-level"
    case optionWithoutEffect = "option-without-effect"
    case conditionNeverMet = "condition-never-met"
    case rateWithoutMinimum = "rate-without-minimum"
    case fieldOfNoProfile = "field-of-no-profile"
}
