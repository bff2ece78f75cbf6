/// How a verification by call ended (CALL-15: exactly one for every call). `Outcome` has the texts of the records.
public enum CallOutcome: String, Hashable, Sendable, CaseIterable {
  case approved, fraudReported, denied, userHungUp, noInput, poundNotPressed
  case busy, rejected, noAnswer, invalidNumber, carrierFailed, cancelled
}
