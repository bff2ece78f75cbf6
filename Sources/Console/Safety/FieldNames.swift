import HTTPTypes

extension HTTPField.Name {
  /// For names that stand in the sources.
  private static func known(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no field name") }
    return name
  }

  static let host = known("Host")
  /// W3C Fetch Metadata: where a request comes from, as the browser itself says; no page can forge it.
  static let fetchSite = known("Sec-Fetch-Site")
  static let fetchMode = known("Sec-Fetch-Mode")
  static let fetchDestination = known("Sec-Fetch-Dest")
  /// `prefetch` where nobody has opened the link yet.
  static let purpose = known("Sec-Purpose")
  static let contentSecurity = known("Content-Security-Policy")
  static let contentTypeOptions = known("X-Content-Type-Options")
  static let referrerPolicy = known("Referrer-Policy")
  static let openerPolicy = known("Cross-Origin-Opener-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
  static let permissionsPolicy = known("Permissions-Policy")
}
