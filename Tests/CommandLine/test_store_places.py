"""Where nobody is asked: trusted ranges and named locations of a tenant store."""
import json

AT = ("--at", "2025-02-01")


def test_ten_3_ranges_are_trusted_with_what_is_wrong_about_them(poundkey, store):
    on = ("--tenant", store, *AT)
    assert poundkey("trusted-ip", "list", *on).out == "no range is trusted\n"
    result = poundkey("trusted-ip", "add", "10.0.0.0/8", "203.0.113.0/24", *on)
    assert (result.code, result.out) == (0, "✓ added 10.0.0.0/8, 203.0.113.0/24; trustedIPs.ranges has 2\n")
    assert result.err == (
        "warning[trusted-ips.private]: 10.0.0.0/8 is private: without a server of one's own no sign-in ever comes from "
        "there\n  → trust the public addresses that your network is seen with\n")
    rows = [line.split(maxsplit=2) for line in poundkey("trusted-ip", "list", *on).out.splitlines()]
    assert rows[0] == ["range", "addresses", "counts"] and rows[3] == ["203.0.113.0/24", "256", "yes"]
    assert rows[1][:2] == ["10.0.0.0/8", "16777216"] and rows[1][2].startswith("no: it is private")
    lines = [json.loads(line) for line in poundkey("trusted-ip", "list", *on, "--json").out.splitlines()]
    assert [(line["range"], line["private"], line["counts"]) for line in lines] == [
        ("10.0.0.0/8", True, False), ("203.0.113.0/24", False, True)]
    # With a server of one's own it counts.
    assert poundkey("tenant", "set", "--deployment", "onPremises", *on).code == 0
    assert " no: " not in poundkey("trusted-ip", "list", *on).out
    # Without the licence none does.
    free = poundkey("tenant", "set", "--licence", "free", *on)
    assert free.err == ("warning[trusted-ips.licence]: trusted IPs need the licence p1, and the tenant has none\n"
                        "  → give the tenant the licence p1, or remove the ranges\n")
    assert poundkey("trusted-ip", "list", *on).out.count("no: the tenant has no licence p1") == 2


def test_ten_3_at_most_50_ranges_of_ipv4_in_cidr_notation(poundkey, store):
    on = ("--tenant", store, *AT)
    assert poundkey("trusted-ip", "add", *[f"203.0.{n}.0/24" for n in range(50)], *on).code == 0
    full = poundkey("trusted-ip", "add", "192.0.2.0/24", *on)
    assert (full.code, full.err) == (1, "error: trustedIPs.ranges takes at most 50 entries\n")
    version6 = poundkey("trusted-ip", "add", "2001:db8::/32", *on)
    assert version6.code == 2 and "is IPv6, which named locations take" in version6.err
    bits = poundkey("trusted-ip", "add", "192.0.2.7/24", *on)
    assert bits.code == 2 and "the range is 192.0.2.0/24" in bits.err
    typo = poundkey("trusted-ip", "delete", "203.0.91.0/24", *on)
    assert (typo.code, typo.err) == (1, "error: trustedIPs.ranges does not have 203.0.91.0/24; "
                                        'did you mean "203.0.1.0/24"?\n')
    assert poundkey("trusted-ip", "delete", "203.0.7.0/24", "203.0.8.0/24", *on).out == (
        "✓ deleted 203.0.7.0/24, 203.0.8.0/24; trustedIPs.ranges has 48\n")
    assert poundkey("trusted-ip", "add", "192.0.2.0/24", *on).code == 0


def test_ten_3_the_claim_and_the_policy_server(poundkey, store):
    on = ("--tenant", store, *AT)
    poundkey("trusted-ip", "add", "203.0.113.0/24", *on)
    result = poundkey("trusted-ip", "set", "--federated-intranet", "on", "--policy-server", "203.0.113.20", *on, "--json")
    done = json.loads(result.out)
    assert [(line["name"], line["value"]) for line in done["settings"]] == [
        ("trustedIPs.federatedIntranet", "true"), ("trustedIPs.policyServer", "203.0.113.20")]
    assert [line["id"] for line in done["findings"]] == ["trusted-ips.claim-managed", "trusted-ips.policy-server"]
    assert "warning[trusted-ips.policy-server]: 203.0.113.20 is trusted" in result.err
    assert poundkey("trusted-ip", "set", "--policy-server", "nowhere", *on).code == 2
    assert poundkey("trusted-ip", "set", "--policy-server", "none", "--federated-intranet", "off", *on).code == 0


def test_ten_4_locations_have_names_ranges_of_both_kinds_and_trust(poundkey, store):
    on = ("--tenant", store, *AT)
    assert poundkey("location", "list", *on).out == "no place has a name\n"
    result = poundkey("location", "add", "Head office", "--range", "203.0.113.0/24", "2001:db8::/48", "--trusted", *on)
    assert (result.code, result.out) == (0, "✓ added Head office: 203.0.113.0/24, 2001:db8::/48, trusted\n")
    assert result.err.startswith("warning[location.unused]: nothing looks at the trusted location Head office\n")
    again = poundkey("location", "add", "Head office", "--range", "192.0.2.0/24", *on)
    assert (again.code, again.err) == (1, 'error: the tenant has a location "Head office" already\n')
    assert poundkey("location", "set", "Head office", "--range", "192.0.2.0/24", *on).out == (
        "✓ Head office: 192.0.2.0/24, trusted\n")
    assert poundkey("location", "set", "Head office", "--no-trusted", *on).out == (
        "✓ Head office: 192.0.2.0/24, not trusted\n")
    for verb in (["set", "Head offcie", "--trusted"], ["delete", "Head offcie"], ["list", "Head offcie"]):
        typo = poundkey("location", *verb, *on)
        assert (typo.code, typo.err) == (
            1, 'error: the tenant has no location "Head offcie"; did you mean "Head office"?\n'), verb
    poundkey("location", "add", "Home", "--range", "198.51.100.0/24", *on)
    assert poundkey("location", "list", *on).out == (
        "name         trusted  ranges\nHead office  no       192.0.2.0/24\nHome         no       198.51.100.0/24\n")
    assert poundkey("location", "list", "Home", *on, "--json").out == (
        '{"name":"Home","ranges":["198.51.100.0/24"],"trusted":false}\n')
    assert json.loads(poundkey("location", "delete", "Home", *on, "--json").out)["name"] == "Home"
    assert "Home" not in poundkey("location", "list", *on).out


def test_mistakes_at_locations_are_usage(poundkey, store):
    on = ("--tenant", store, *AT)
    assert poundkey("location", "add", "Office", *on).code == 2
    assert poundkey("location", "add", " ", "--range", "192.0.2.0/24", *on).code == 2
    bits = poundkey("location", "add", "Office", "--range", "10.0.0.1/8", *on)
    assert bits.code == 2 and "the range is 10.0.0.0/8" in bits.err
    assert poundkey("location", "set", "Office", *on).code == 2
