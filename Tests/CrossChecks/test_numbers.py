"""NUM-1, NUM-2, NUM-4: the numbers of the core against PyPI's phonenumbers."""
import json
import random
import re
import subprocess
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, ValidationResult

ROOT = Path(__file__).resolve().parent.parent.parent
POUNDKEY = ROOT / ".build/release-static/release/poundkey"
CALLER_IDS = ROOT / "Sources/VerificationCore/Numbers/CallerIDs.swift"

VERDICTS = {
    ValidationResult.IS_POSSIBLE: "possible",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "areaCodeMissing",
    ValidationResult.INVALID_COUNTRY_CODE: "unknownCallingCode",
    ValidationResult.TOO_SHORT: "tooShort",
    ValidationResult.INVALID_LENGTH: "invalidLength",
    ValidationResult.TOO_LONG: "tooLong",
}


def check(numbers):
    """What poundkey says of each."""
    result = subprocess.run([POUNDKEY, "number", "check", "-", "--json"], input="\n".join(numbers).encode(),
                            capture_output=True, timeout=60)
    assert result.returncode in (0, 1), result.stderr.decode()
    lines = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert [line["number"] for line in lines] == numbers
    return lines


def verdict(line):
    return line["reason"] or "possible"


def peer(number):
    """What phonenumbers says of the digits as they stand, with nothing stripped."""
    code, national = number.removeprefix("+").split(" ")
    zeros = len(national) - len(national.lstrip("0"))
    # A number of zeros alone keeps its last one as its value.
    zeros -= zeros == len(national)
    return phonenumbers.PhoneNumber(country_code=int(code), national_number=int(national),
                                    italian_leading_zero=zeros > 0 or None, number_of_leading_zeros=zeros or None)


def peer_verdict(number):
    return VERDICTS[phonenumbers.is_possible_number_with_reason(peer(number))]


def metadata(code):
    region = COUNTRY_CODE_TO_REGION_CODE[code][0]
    if region == "001":
        return PhoneMetadata.metadata_for_nongeo_region(code)
    return PhoneMetadata.metadata_for_region(region)


def is_documented(number, ours, theirs):
    """The differences that stay, each by choice: see the tests below."""
    code, national = number.removeprefix("+").split(" ")
    if ours == "trunkPrefix":
        plan = metadata(int(code))
        is_of_the_plan = re.fullmatch(plan.general_desc.national_number_pattern, national)
        return national.startswith(plan.national_prefix) and not is_of_the_plan
    # E.164: no number that is called has more than 15 digits, and none less than 4 behind its calling code.
    if ours == "malformed":
        return len(code + national) > 15 or len(national) < 4 and theirs != "possible"
    return False


def made_numbers(seed=1):
    """All calling codes, lengths around each edge, one number in four behind the trunk prefix; and codes of nobody."""
    dice = random.Random(seed)
    numbers = []
    for code in COUNTRY_CODE_TO_REGION_CODE:
        description = metadata(code).general_desc
        edges = {n for length in (*description.possible_length, *description.possible_length_local_only)
                 for n in (length - 1, length, length + 1) if n > 0}
        for length in dice.sample(sorted(edges), min(len(edges), 6)):
            digits = "".join(dice.choice("0123456789") for _ in range(length))
            trunk = metadata(code).national_prefix or ""
            numbers.append(f"+{code} {(trunk if dice.random() < 0.25 else '') + digits}")
    strangers = [code for code in range(1, 1000) if code not in COUNTRY_CODE_TO_REGION_CODE]
    numbers += [f"+{code} {dice.randrange(10**6, 10**9)}" for code in dice.sample(strangers, 60)]
    return numbers


def test_num_1_every_caller_id_is_possible_to_both():
    numbers = re.findall(r'"(\+\d+ \d+)"', CALLER_IDS.read_text(encoding="utf-8"))
    assert len(numbers) == 51  # 50 and the default
    assert {verdict(line) for line in check(numbers)} == {"possible"}
    assert {peer_verdict(number) for number in numbers} == {"possible"}


def test_num_4_made_numbers_of_all_calling_codes_are_judged_alike():
    numbers = made_numbers()
    assert len(numbers) >= 1000
    assert len({number.split()[0] for number in numbers}) == 215 + 60
    different, agreed = [], Counter()
    for number, line in zip(numbers, check(numbers)):
        ours, theirs = verdict(line), peer_verdict(number)
        if ours == theirs:
            agreed[ours] += 1
        elif not is_documented(number, ours, theirs):
            different.append((number, ours, theirs))
    assert different == []
    # Each verdict is met, so that agreement says something.
    assert set(agreed) == set(VERDICTS.values())
    assert agreed.total() > 700, agreed


def test_num_4_a_trunk_prefix_is_what_phonenumbers_would_strip():
    """Difference 1: phonenumbers takes a trunk prefix out while parsing; Poundkey keeps what is stored, and says so."""
    numbers = []
    for code in COUNTRY_CODE_TO_REGION_CODE:
        example = phonenumbers.example_number_for_non_geo_entity(code) if metadata(code).id == "001" \
            else phonenumbers.example_number(metadata(code).id)
        if trunk := metadata(code).national_prefix:
            numbers.append((f"+{code} {trunk}{phonenumbers.national_significant_number(example)}", example))
    # The longest would pass 15 digits.
    numbers = [(number, example) for number, example in numbers if len(number) <= 17]
    assert len(numbers) > 90
    passed = []
    for (number, example), line in zip(numbers, check([number for number, _ in numbers])):
        if verdict(line) == "trunkPrefix":
            assert phonenumbers.parse(number) == example, number
        else:
            passed.append((number.split()[0], verdict(line)))
    # Numbers of Belarus may begin with its trunk prefix 8 and have 6 to 11 digits: neither digits nor length tell.
    assert passed == [("+375", "possible")]


def test_num_4_a_number_of_the_plan_is_never_taken_for_one_with_a_trunk_prefix():
    """Every example number of every region and kind."""
    numbers = [phonenumbers.example_number_for_type(region, kind)
               for region in phonenumbers.SUPPORTED_REGIONS for kind in phonenumbers.PhoneNumberType.values()]
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        if regions[0] == "001":
            numbers.append(phonenumbers.example_number_for_non_geo_entity(code))
    texts = sorted({f"+{n.country_code} {phonenumbers.national_significant_number(n)}" for n in numbers if n})
    texts = [text for text in texts if len(text) <= 17]
    assert len(texts) > 1000
    lines = check(texts)
    assert [(line["number"], verdict(line)) for line in lines if verdict(line) != peer_verdict(line["number"])] == []
    # Seven digits of Canada, which can be called only from within +1.
    assert [line["number"] for line in lines if not line["possible"]] == ["+1 3101234"]


@pytest.mark.parametrize("number, reason", [
    ("+49 12345678901234", "malformed"),  # phonenumbers allows 15 digits behind +49, E.164 allows 13
    ("+49 12", "malformed"),  # phonenumbers: within an area only
    ("+1 1425555010", "trunkPrefix"),  # phonenumbers looks at the length alone
    ("+4 47700900123", "unknownCallingCode"),  # phonenumbers passes over the space
])
def test_num_4_the_other_differences_that_stay(number, reason):
    line, = check([number])
    assert verdict(line) == reason


def regions_by_phonenumbers(area):
    found = {phonenumbers.region_code_for_number(phonenumbers.PhoneNumber(country_code=1, national_number=int(
        f"{area}{exchange}2345"))) for exchange in range(200, 1000, 3)}
    return found - {None}


# 900 and the personal numbers are valid in every region of +1. phonenumbers names the first, which is US.
SHARED = {500, 521, 522, 523, 524, 525, 526, 527, 528, 529, 532, 533, 544, 566, 577, 588, 900}


def test_num_2_every_area_code_is_where_phonenumbers_has_it():
    areas = range(200, 1000)
    lines = check([f"+1 {area}{exchange}2345" for area in areas for exchange in (234, 777)])
    ours = {}
    for line in lines:
        ours.setdefault(int(line["number"][3:6]), set()).add((line["unitedStates"], tuple(line["regions"])))
    assert all(len(said) == 1 for said in ours.values())
    different = {}
    for area in areas:
        (is_us, regions), = ours[area]
        theirs = regions_by_phonenumbers(area)
        if is_us != (theirs == {"US"}):
            different[area] = (is_us, theirs)
        if regions:
            assert theirs == set(regions), area
    assert different == {area: (False, {"US"}) for area in SHARED}


def test_the_committed_numbering_plan_is_what_the_script_writes():
    result = subprocess.run([ROOT / "script/numbering-plan", "--check"], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
