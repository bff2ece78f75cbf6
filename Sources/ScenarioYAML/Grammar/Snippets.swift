// What an editor offers for a new step.
extension Grammar {
  /// What is defined by name and is a step, so that the snippets fit there.
  static let stepNames: Set<String> = ["step", "move"]

  /// `$1` is where the cursor goes. As text, because an editor may write `"#"` without its quotes.
  static let snippets: [JSONText] = [
    snippet("signin", "Sign in with a call", "signin: call"),
    snippet("answer", "Answer the telephone", "answer: {after: ${1:4s}}"),
    snippet("press", "Press a key during a message", "press: {keys: \"${1:#}\", during: ${2:greetingStandard}}"),
    snippet("hear", "Hear a message", "hear: ${1:authenticationSuccessful}"),
    snippet("wait", "Let time pass", "wait: ${1:5s}"),
    snippet("text", "Read the text message", "text: {language: ${1:en}}"),
    snippet("enter", "Type the code", "enter: ${1:right}"),
    snippet("app", "Answer in the app", "app: ${1:approve}"),
    snippet("fault", "Something goes wrong", "fault: ${1:busy}"),
    snippet("expect", "Check now", "expect: {result: ${1:approved}}"),
  ]

  private static func snippet(_ label: String, _ meaning: String, _ text: String) -> JSONText {
    .object(["label": .text(label), "description": .text(meaning), "bodyText": .text(text)])
  }
}
