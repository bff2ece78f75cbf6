// swift-tools-version: 6.3
import PackageDescription

let features: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own, so that the main one does not grow. VerificationCore is a link to the product's own.
let package = Package(
  name: "poundkey",
  targets: [
    .target(name: "VerificationCore", swiftSettings: features),
    .executableTarget(name: "importing", dependencies: ["VerificationCore"], swiftSettings: features),
  ],
  swiftLanguageModes: [.v6]
)
