/// What the starters hold.
enum StarterText {
  static let voice = """
    scenario: A sign-in is confirmed with a call
    tags: [voice]

    # What holds before the first step. Without a tenant it is the demo tenant: Helga, Omar and a front desk.
    # A tenant of your own:  tenant: my-tenant.yaml
    given:
      user: omar@larkspur.example

    steps:
      - signin: call
      # Two seconds after it rings, unless told.
      - answer: {after: 4s}
      # Keys stand in quotes: an unquoted # begins a comment.
      - press: {keys: "#", during: fraudGreetingStandard}
      # The next message must be this one.
      - hear: authenticationSuccessful

    # What must hold at the end.
    expect:
      result: approved
      records:
        - {signin: MFA completed in the cloud, times: 1}

    """

  static let pin = """
    scenario: A wrong PIN is asked again, the right one confirms
    tags: [pin]

    given:
      set: {pin.mode: true}
      user: {upn: omar@larkspur.example, pin: "0417"}

    steps:
      - signin: call
      - answer
      - press: {keys: "1234#", during: fraudGreetingPIN}
      - hear: authenticationDeniedRetry
      # The PIN stands in quotes: its leading zero counts.
      - press: {keys: "0417#", during: retryPIN}
      - hear: authenticationSuccessful

    expect:
      result: approved
      user: {locked: false}

    """

  static let fraud = """
    scenario: A call that nobody asked for is reported, and the account blocked
    tags: [fraud]

    # In the demo tenant fraud can be reported, and 1 confirms the block.
    given:
      user: omar@larkspur.example

    steps:
      - signin: call
      - answer: {after: 4s}
      # The report code, then #.
      - press: {keys: "0#", during: fraudGreetingStandard}
      - press: {keys: "1", during: fraudConfirmation, after: 5s}
      - hear: fraudReported

    expect:
      result: fraudReported
      user: {reported: true, blocked: true}
      records:
        - {signin: MFA denied; fraud code entered, times: 1}
        - {audit: /Fraud reported/, times: 1}

    """

  static let sms = """
    scenario: A code by text message, mistyped once
    tags: [sms]

    given:
      user: omar@larkspur.example

    steps:
      - signin: text
      # The next text message must be like this; text takes a pattern between slashes.
      - text: {language: en, segments: 1, text: /code/}
      # A scenario never holds a code, so that it runs with every seed.
      - enter: wrong
      - enter: right

    expect:
      result: approved

    """

  static let app = """
    scenario: A notification in the app is approved
    tags: [app]

    # Whoever is not in the tenant yet is added to it.
    given:
      user: {upn: nina@larkspur.example, apps: [new phone]}

    steps:
      - signin: app
      - expect: {notified: [new phone]}
      # Also decline, report and wrongNumber.
      - app: approve

    expect:
      result: approved

    """

  static let matrix = """
    scenario: A report by phone, with and without the block
    tags: [fraud]

    # Each row is a case. Values are looked up by the names of the columns; id names the row.
    matrix:
      rows:
        - {id: blocks, block: true, blocked: true}
        - {id: reports, block: false, blocked: false}

    given:
      set: {fraudAlert.block: "${block}"}
      user: omar@larkspur.example

    steps:
      - signin: call
      - answer
      - press: {keys: "0#", during: fraudGreetingStandard}
      # Only in the rows where block is true.
      - press: {keys: "1", during: fraudConfirmation}
        when: "${block}"
      - hear: fraudReported

    expect:
      result: fraudReported
      user: {reported: true, blocked: "${blocked}"}

    """

  static let fragment = """
    fragment: A sign-in is confirmed with a call

    # A scenario carries these steps out with
    #   - use: {fragment: THIS_FILE, with: {language: fr}}
    # A parameter without a default must be given.
    parameters:
      language:
      greeting: fraudGreetingStandard

    steps:
      - signin: {with: call, language: "${language}"}
      - answer: {after: 4s}
      - press: {keys: "#", during: "${greeting}"}
      - hear: authenticationSuccessful

    """

  static let explore = """
    explore: "Whatever is pressed, only # approves"
    tags: [voice]

    given:
      user: omar@larkspur.example

    # What may happen in the call; other stands for every key that is not named.
    alphabet:
      keys: [pound, "0", "1", other]
      events: [silence, hangup]

    properties:
      # What breaks one of these comes out as the shortest scenario that does.
      never:
        - {result: approved, after: report}
      possible:
        - {result: approved}
        - {result: fraudReported, blocked: true}
      alwaysEnds: {within: 5m}
      always: [oneOutcome, oneRecord]

    """
}
