/// The tenant that `poundkey tenant init` writes, and that stands in where none is named.
public enum TenantTemplate {
  public static let text = """
    # A simulated tenant. Everything here is made up; change what you like.
    # Check a change with:  poundkey call --tenant THIS_FILE --user helga@larkspur.example
    tenant: Larkspur

    # For people who have no language of their own: en fr de es it pt have recordings, others fall back to these.
    language: en

    # Settings that differ from their defaults.
    settings:
      # People can report fraud by phone: the code, then #.
      fraudAlert.enabled: true
      # After the report, 1 confirms that the account is blocked.
      fraudAlert.block: true
      # The code; greetings of ours say 0, so another one needs greetings of yours.
      fraudAlert.code: "0"
      # Ask for a PIN before #:
      # pin.mode: true

    users:
      - upn: helga@larkspur.example
        name: Helga Brandt
        # Country code, a space, the number. An office extension follows an x: "+49 3012345678x204"
        phone: "+33 612345678"
        language: fr
        # Only used when pin.mode is on. Quoted, so that a leading zero stays.
        pin: "4711"
      - upn: omar@larkspur.example
        name: Omar Haddad
        phone: "+44 7700900123"
        pin: "2580"
      - upn: desk@larkspur.example
        name: Front desk
        phone: "+1 4255550100x204"
      - upn: valentina@larkspur.example
        name: Valentina Rossi
        phone: "+44 7700900456"
        # Devices with the app: a notification comes to each, with a number to type.
        apps: [phone]

    # Recordings of your own, .wav or .mp3 below 1 MB and 20 s; without one, Poundkey's plays.
    # greetings:
    #   - message: fraudGreetingStandard
    #     language: fr
    #     file: greetings/accueil.wav

    """
}
