// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]
/// For the targets that touch no C: every unsafe construct is an error there.
let safe = strict + [.strictMemorySafety()]

/// What `script/fuzz` sets: feedback for libFuzzer and the address sanitizer in the parts that read hostile files.
let isFuzzing = Context.environment["POUNDKEY_FUZZ"] != nil
let fuzzed: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : []

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "poundkey",
  products: [.executable(name: "poundkey", targets: ["poundkey"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    // The pure core: the standard library and one another, nothing else.
    .target(name: "VerificationCore", swiftSettings: safe),
    .target(name: "ScenarioModel", dependencies: ["VerificationCore"], swiftSettings: safe),
    .target(name: "Simulation", dependencies: ["VerificationCore", "ScenarioModel"], swiftSettings: safe),

    .target(
      name: "Runs", dependencies: ["VerificationCore", "ScenarioModel", "Simulation"], swiftSettings: safe),

    .target(
      name: "Exploration", dependencies: ["VerificationCore", "ScenarioModel", "Simulation"], swiftSettings: safe),

    // The shells: each meets one part of the world, none imports another.
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "ScenarioYAML", dependencies: ["VerificationCore", "ScenarioModel", "CYAML"],
      swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["VerificationCore", "ScenarioModel", "Simulation", "Runs", "Exploration"],
      swiftSettings: safe),
    .target(name: "LiveCalls", dependencies: ["VerificationCore", "ScenarioModel", "Simulation"], swiftSettings: safe),
    // Reading what may be anything; for whoever reads files.
    .target(name: "Files", swiftSettings: strict),
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    // Helper processes with limits; for whoever hands files of others to C libraries.
    .target(name: "Workers", dependencies: ["CSeccomp"], swiftSettings: strict),
    .systemLibrary(
      name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    .target(
      name: "GreetingAudio", dependencies: ["VerificationCore", "Files", "CSndfile", "CSoxr"],
      swiftSettings: strict + fuzzed),
    .systemLibrary(
      name: "CLiboath", pkgConfig: "liboath", providers: [.apt(["liboath-dev"])]),
    .target(name: "OneTimeCodes", dependencies: ["VerificationCore", "CLiboath"], swiftSettings: strict),

    // Tenants that last, on the system's SQLite.
    .target(
      name: "Records",
      dependencies: [
        "VerificationCore", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    // What is known of secrets without keeping them: slow hashes, and keys sealed under a key file.
    .target(name: "Secrets", dependencies: ["VerificationCore", "CSodium"], swiftSettings: strict),

    // The console in a browser: pages, live events, a JSON API, on loopback.
    .target(
      name: "Console",
      dependencies: [
        "VerificationCore", "ScenarioModel", "Simulation", "Exploration", "LiveCalls",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"), .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),

    .systemLibrary(
      name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    // Links that a phone takes from a screen.
    .target(name: "QRCodes", dependencies: ["CQRencode"], swiftSettings: strict),

    // The only place where the parts are put together.
    .executableTarget(
      name: "poundkey",
      dependencies: [
        "VerificationCore", "ScenarioModel", "Simulation", "Runs", "Exploration", "ScenarioYAML", "Reports",
        "LiveCalls", "Console", "QRCodes",
        "GreetingAudio", "Files", "OneTimeCodes", "Records", "Secrets", "Workers", argumentParser,
        .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["VerificationCore", "ScenarioModel", "ScenarioYAML", "Files"],
      path: "Tests/TestSupport", swiftSettings: strict),
    // What the stores hold that are kept of each version.
    .target(
      name: "StoreContents", dependencies: ["VerificationCore"], path: "Tests/StoreContents", swiftSettings: safe),
    // What the tests of stores and their benchmark run.
    .executableTarget(
      name: "StoreLoad", dependencies: ["Records", "ScenarioModel", "VerificationCore", "StoreContents"],
      path: "Tests/StoreLoad",
      swiftSettings: strict),
    // What holds for every content of a greeting file; for the tests and for the fuzzer.
    .target(
      name: "GreetingProperties", dependencies: ["VerificationCore", "GreetingAudio"],
      path: "Tests/GreetingProperties", swiftSettings: strict + fuzzed),
    .testTarget(
      name: "VerificationCoreTests", dependencies: ["VerificationCore", "Simulation", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "ScenarioModelTests", dependencies: ["ScenarioModel"], swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["VerificationCore", "ScenarioModel", "ScenarioYAML", "Simulation", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ScenarioYAMLTests",
      dependencies: ["VerificationCore", "ScenarioModel", "ScenarioYAML", "Reports", "Simulation", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "RunsTests",
      dependencies: ["VerificationCore", "ScenarioModel", "ScenarioYAML", "Simulation", "Runs", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "VerificationCore", "ScenarioModel", "ScenarioYAML", "Simulation", "Runs", "Reports", "Files", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LiveCallsTests",
      dependencies: [
        "VerificationCore", "ScenarioModel", "Simulation", "ScenarioYAML", "LiveCalls", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExplorationTests",
      dependencies: [
        "VerificationCore", "ScenarioModel", "Simulation", "Exploration", "ScenarioYAML", "Reports", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Console", "VerificationCore", "ScenarioModel", "Simulation", "Exploration", "LiveCalls", "ScenarioYAML",
        "TestSupport",
        .product(name: "Hummingbird", package: "hummingbird"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(name: "WorkersTests", dependencies: ["Workers"], swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "GreetingAudioTests",
      dependencies: [
        "GreetingAudio", "Files", "VerificationCore", "Simulation", "TestSupport", "GreetingProperties",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RecordsTests",
      dependencies: [
        "Records", "VerificationCore", "TestSupport", "StoreContents", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "SecretsTests", dependencies: ["Secrets", "VerificationCore", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "OneTimeCodesTests", dependencies: ["OneTimeCodes", "VerificationCore"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer links only where the sanitizers are asked for.
if isFuzzing {
  package.targets.append(
    .executableTarget(
      name: "GreetingFuzzer", dependencies: ["GreetingProperties"], path: "Tests/GreetingFuzzer",
      swiftSettings: strict + fuzzed, linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]))
}
