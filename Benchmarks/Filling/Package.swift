// swift-tools-version: 6.3
import PackageDescription

let features: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own, so that the main one does not grow. Records and VerificationCore are links to the product's own.
let package = Package(
  name: "poundkey",
  dependencies: [.package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")],
  targets: [
    .target(name: "VerificationCore", swiftSettings: features),
    .target(
      name: "Records", dependencies: ["VerificationCore", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: features),
    .executableTarget(name: "filling", dependencies: ["VerificationCore", "Records"], swiftSettings: features),
  ],
  swiftLanguageModes: [.v6]
)
