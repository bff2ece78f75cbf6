// Clients that are not asked again (TEN-6).
extension Tenant {
  /// For how many days a verification of this client holds; nil where none is remembered.
  func rememberedDays(_ request: SignInRequest) -> Int? {
    user(request.upn).flatMap { rememberedDays(request.client, of: $0) }
  }

  func rememberedDays(_ client: SignInRequest.Client, of user: User) -> Int? {
    guard !user.isGuest, settings.conditionalAccess.signInFrequency == 0 else { return nil }
    switch client {
    case .browser(.some): return settings.remember.enabled ? settings.remember.days : nil
    case .app:
      let longest = Settings.Remember.appDays
      return settings.remember.enabled ? min(settings.remember.days, longest) : longest
    case .browser(nil), .legacy: return nil
    }
  }

  /// Whether an approval of this sign-in is to be remembered: apps always are, browsers when the person ticks it.
  func mayRemember(_ request: SignInRequest) -> Bool {
    guard rememberedDays(request) != nil else { return false }
    if case .app = request.client { return true }
    return request.remembers
  }

  func whyNotRemembered(_ request: SignInRequest, _ user: User) -> Sentence {
    if case .legacy = request.client { return Sentence("a client that knows passwords only is not remembered") }
    if request.client == .browser(nil) { return Sentence("the browser keeps no cookies") }
    if user.isGuest { return Sentence("guests are not remembered") }
    if settings.conditionalAccess.signInFrequency > 0 { return Sentence("the sign-in frequency asks again") }
    return Sentence("remembering is off")
  }
}
