// What a change brought about.
extension Tenant {
  /// What the configuration check finds and did not find before a change.
  ///
  /// - Parameters:
  ///   - before: the tenant without the change.
  ///   - now: the date at which features count as retired, for both.
  ///   - hadPIN: who had a PIN before.
  ///   - hasPIN: who has one now.
  public func findings(
    notIn before: Tenant, at now: Instant, hadPIN: (UPN) -> Bool, hasPIN: (UPN) -> Bool
  ) -> [TenantFinding] {
    let known = before.findings(at: now, hasPIN: hadPIN)
    let told = Set(known.map(Telling.init))
    return findings(at: now, hasPIN: hasPIN).filter { finding in
      guard !finding.parts.isEmpty else { return !told.contains(Telling(finding)) }
      // Less of the same is no news.
      return !known.contains {
        $0.id == finding.id && $0.subject == finding.subject && $0.parts.isSuperset(of: finding.parts)
      }
    }
  }
}

/// What a finding says, wherever what it is about stands by now.
private struct Telling: Hashable {
  let id: TenantFinding.ID
  let said: Sentence

  init(_ finding: TenantFinding) { (id, said) = (finding.id, finding.said) }
}
