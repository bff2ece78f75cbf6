/// Why something is not kept yet. Pages have words for each.
public enum KeepingTrouble: String, Error, Hashable, Sendable, CaseIterable {
  /// Another process writes to the store, or the disk is slow.
  case busy
  case full
  case readOnly
  case damaged
  case failed

  /// As the end of a sentence, for a terminal.
  public var explanation: String {
    switch self {
    case .busy: "another program writes to the tenant's store and does not come to an end"
    case .full: "the disk is full"
    case .readOnly: "the tenant's store is read-only"
    case .damaged: "the tenant's store is damaged; poundkey tenant check tells more"
    case .failed: "the tenant's store cannot be used"
    }
  }
}
