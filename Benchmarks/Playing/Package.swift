// swift-tools-version: 6.3
import PackageDescription

let features: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own, so that the main one does not grow. The targets but `playing` are links to the product's own.
let package = Package(
  name: "poundkey",
  targets: [
    .target(name: "VerificationCore", swiftSettings: features),
    .target(name: "ScenarioModel", dependencies: ["VerificationCore"], swiftSettings: features),
    .target(name: "Simulation", dependencies: ["VerificationCore", "ScenarioModel"], swiftSettings: features),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
    .target(
      name: "ScenarioYAML", dependencies: ["VerificationCore", "ScenarioModel", "CYAML"], swiftSettings: features),
    .executableTarget(
      name: "playing", dependencies: ["VerificationCore", "ScenarioModel", "Simulation", "ScenarioYAML"],
      swiftSettings: features),
  ],
  swiftLanguageModes: [.v6]
)
