// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that the main one does not grow. `Sources/VerificationCore` is a link to the core itself.
let package = Package(
  name: "machine",
  targets: [
    .target(
      name: "VerificationCore",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]),
    .executableTarget(name: "steps", dependencies: ["VerificationCore"]),
  ],
  swiftLanguageModes: [.v6]
)
