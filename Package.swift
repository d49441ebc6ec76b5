// swift-tools-version: 6.3

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // The compiler proves most of exclusive access; checking the rest at run time costs a sixth of a run.
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// A room of the program: it may import the rooms it names and no other.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a room.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "TruceWatch",
    products: [.executable(name: "trucewatch", targets: ["trucewatch"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSIMD"),
        .systemLibrary(name: "CMalloc"),
        room("Diagnostics", []),
        room("Events", ["Diagnostics", "CSIMD", "CZlib"]),
        room("Rulebook", ["Diagnostics", "Events", "CYAML", "CPCRE2"]),
        room("Monitoring", ["Diagnostics", "Events", "Rulebook"]),
        room("Reporting", ["Diagnostics", "Events", "Rulebook", "Monitoring"]),
        room("RuleTesting", ["Diagnostics", "Events", "Rulebook", "Monitoring", "Reporting"]),
        room("Ledger", ["CSQLite"]),
        room("Following", ["Events", "Monitoring", "Ledger"]),
        .executableTarget(
            name: "trucewatch",
            dependencies: [
                "Diagnostics", "Events", "Rulebook", "Monitoring", "Reporting", "RuleTesting", "Ledger", "Following",
                "CMalloc", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("EventsTests", ["Diagnostics", "Events"]),
        tests("RulebookTests", ["Diagnostics", "Events", "Rulebook"]),
        tests(
            "MonitoringTests",
            ["Diagnostics", "Events", "Rulebook", "Monitoring", "Reporting", "Ledger", "Following", "trucewatch"]),
        tests("ReportingTests", ["Diagnostics", "Events", "Rulebook", "Monitoring", "Reporting"]),
        tests("RuleTestingTests", ["Diagnostics", "Events", "Rulebook", "Monitoring", "Reporting", "RuleTesting"]),
        tests("LedgerTests", ["Ledger"]),
        tests("FollowingTests", ["Events", "Monitoring", "Ledger", "Following"]),
        tests("ProgramTests", ["trucewatch"]),
    ]
)
