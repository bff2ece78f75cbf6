"""script/speak and the recordings it makes.

The repository is only read. Tests that change something work on a copy of the files
that script/speak knows. Tests that need espeak-ng, sox or lame are skipped without them.
"""
import array
import ctypes
import ctypes.util
import functools
import hashlib
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GREETINGS = ROOT / "greetings"
SWIFT = "Sources/VerificationCore/Greetings/DefaultRecordings.swift"
MANIFEST = json.loads((GREETINGS / "manifest.json").read_text(encoding="utf-8"))
LANGUAGES = sorted(path.stem for path in (GREETINGS / "scripts").glob("*.txt"))

# Written out again rather than taken from script/speak, so that a type lost there shows here.
ASKING_FOR_POUND = """
    extensionPrompt fraudGreetingStandard activation retryStandard greetingStandard greetingPIN
    fraudGreetingPIN retryPIN extensionPromptAfterDigits activationGreetingStandard
    activationRetryStandard activationGreetingPIN
""".split()
ASKING_FOR_NO_POUND = """
    authenticationSuccessful fraudConfirmation fraudReported authenticationDeniedRetry
    authenticationDenied extensionPromptBeforeDigits
""".split()
ASKING_FOR_A_PIN = ["greetingPIN", "fraudGreetingPIN", "retryPIN", "activationGreetingPIN"]
DIGITS = [f"digit-{digit}" for digit in range(10)]

# A language added to greetings/scripts fails the wording tests until its words stand here.
POUND = {"en": "pound key", "fr": "touche dièse", "de": "Rautetaste", "es": "tecla almohadilla",
         "it": "tasto cancelletto", "pt": "tecla cardinal"}
ZERO = {"en": "zero", "fr": "zéro", "de": "Null", "es": "cero", "it": "zero", "pt": "zero"}
ONE = {"en": "press 1", "fr": "touche 1", "de": "die 1", "es": "tecla 1", "it": "tasto 1", "pt": "tecla 1"}
NUMBERS = {
    "en": "zero one two three four five six seven eight nine",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "pt": "zero um dois três quatro cinco seis sete oito nove",
}
# What the key is called elsewhere in the same language: said once, where a phone is set up.
SECOND_NAME = {"en": "hash", "es": "numeral", "pt": "jogo da velha"}
WRONG_KEYS = {
    "en": r"dièse|star|asterisk|sharp|number sign|square|#|\*",
    "fr": r"pound|hash|livre|étoile|astérisque|croisillon|carré|clé|#|\*",
    "de": r"raute|doppelkreuz|kreuz|gatter|gitter|lattenzaun|gartenzaun|nummernzeichen|pfund|hash|stern\w*|schlüssel|#|\*",
    "es": r"gato|michi|cuadradillo|cardinal|sostenido|libra|numérico|estrella|asterisco|llave|clave|hash|#|\*",
    "it": r"diesis|quadratino|cancello|griglia|numerale|sterlina|stella|asterisco|chiave|hash|#|\*",
    "pt": r"cardeal|cerquilha|sustenido|quadrado|libra|almofada|estrela|asterisco|chave|hash|hashtag|#|\*",
}
# People are addressed as by a company: vous, Sie, usted, lei, o senhor.
FAMILIAR = {
    "fr": r"tu|te|t'\w+|toi|ton|ta|tes",
    "de": r"du|dich|dir|dein\w*|euch|euer|eure\w*",
    "es": r"tú|tu|tus|te|ti|contigo|pulsa|marca|espera",
    "it": r"tu|tuo|tua|tuoi|tue|ti|te|premi|digita|attendi",
    "pt": r"tu|teu|tua|teus|tuas|te|ti|contigo|você|pressiona|digita|aguarda",
}
CAPITALS_WITHIN_A_SENTENCE = {"en": {"PIN", "IT"}, "fr": {"PIN"}, "es": {"PIN"}, "it": {"PIN"}, "pt": {"PIN"}, "de": set("""
    Anmeldung Anmeldungen Anruf Augenblick Bestätigung Dank Durchwahl Eingabe Einrichtung IT-Abteilung
    Identität Ihnen Ihr Ihre Ihrem Konto Meldung Null PIN Person Rautetaste Schritt Sie Sperre Tag Tasten
    Tastenfeld Telefon Telefons Verifizierung Wiederhören
""".split())}

needs_lame = pytest.mark.skipif(not shutil.which("lame"), reason="lame is not installed")
needs_voice = pytest.mark.skipif(
    not all(map(shutil.which, ["espeak-ng", "sox", "lame"])),
    reason="espeak-ng, sox and lame are not all installed")
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_clip = pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])


@pytest.fixture
def copy(tmp_path):
    """What script/speak reads and writes, free to be damaged."""
    for part in ["greetings", "script/speak", SWIFT]:
        target = tmp_path / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy2)(ROOT / part, target)
    return tmp_path


def speak(root, *arguments, path=None):
    environment = dict(os.environ) if path is None else {**os.environ, "PATH": str(path)}
    return subprocess.run([sys.executable, root / "script/speak", *arguments],
                          capture_output=True, text=True, env=environment)


def edit(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def texts(language):
    lines = (GREETINGS / f"scripts/{language}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def snapshot(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@functools.cache
def decoded(file):
    """Samples and rate, as lame decodes them."""
    wav = subprocess.run(["lame", "--quiet", "--decode", GREETINGS / file, "-"],
                         capture_output=True, check=True).stdout
    # Written to a pipe, the WAV header cannot know its length: read what is there.
    with wave.open(io.BytesIO(wav)) as header:
        rate = header.getframerate()
        assert (header.getnchannels(), header.getsampwidth()) == (1, 2)
    samples = array.array("h")
    samples.frombytes(wav[44:len(wav) - len(wav) % 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples, rate


# The repository as it stands


def test_the_recordings_match_their_scripts():
    result = speak(ROOT, "--check")
    assert (result.returncode, result.stderr) == (0, "")


def test_the_six_languages_are_there():
    assert LANGUAGES == ["de", "en", "es", "fr", "it", "pt"]
    assert {entry["language"] for entry in MANIFEST} == set(LANGUAGES)


@each_language
def test_every_type_and_digit_is_recorded_once(language):
    recorded = [entry["message"] for entry in MANIFEST if entry["language"] == language]
    assert sorted(recorded) == sorted(ASKING_FOR_POUND + ASKING_FOR_NO_POUND + DIGITS)


def test_the_manifest_is_sorted_with_one_clip_a_line():
    keys = [(entry["language"], entry["message"]) for entry in MANIFEST]
    assert keys == sorted(keys)
    assert len((GREETINGS / "manifest.json").read_text(encoding="utf-8").splitlines()) == len(MANIFEST) + 2


@each_clip
def test_the_manifest_hashes_are_those_of_text_and_file(entry):
    text = texts(entry["language"])[entry["message"]]
    assert entry["script"] == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert entry["audio"] == hashlib.sha256((GREETINGS / entry["file"]).read_bytes()).hexdigest()


def test_the_swift_file_names_every_clip_with_its_length():
    swift = (ROOT / SWIFT).read_text(encoding="utf-8")
    for entry in MANIFEST:
        message = entry["message"]
        head = f"DigitClip(digit: {message[-1]}" if message in DIGITS else f"DefaultRecording(message: .{message}"
        line = f'{head}, language: "{entry["language"]}", milliseconds: {entry["milliseconds"]}, file: "{entry["file"]}"'
        assert swift.count(line) == 1
    assert "import " not in swift


# What is said


@each_language
def test_the_pound_key_is_named_wherever_it_is_asked_for_and_nowhere_else(language):
    said = texts(language)
    for message in ASKING_FOR_POUND:
        assert POUND[language] in said[message], message
    for message in ASKING_FOR_NO_POUND + DIGITS:
        assert POUND[language].split()[-1] not in said[message], message
        assert POUND[language].split()[0] not in said[message] or message == "fraudConfirmation", message


@each_language
def test_no_other_name_is_given_to_the_pound_key(language):
    for message, text in texts(language).items():
        assert not re.search(rf"(?<!\w)({WRONG_KEYS[language]})(?!\w)", text.lower()), message


@pytest.mark.parametrize("language", SECOND_NAME)
def test_another_name_of_the_pound_key_is_said_once_where_a_phone_is_set_up(language):
    said = texts(language)
    assert [message for message, text in said.items() if SECOND_NAME[language] in text.lower()] == [
        "activationGreetingStandard"]
    text = said["activationGreetingStandard"]
    assert text.count(SECOND_NAME[language]) == 1
    assert text.index(POUND[language]) < text.index(SECOND_NAME[language])


@pytest.mark.parametrize("language", FAMILIAR)
def test_nobody_is_addressed_as_a_friend(language):
    for message, text in texts(language).items():
        assert not re.search(rf"(?<!\w)({FAMILIAR[language]})(?!\w)", text.lower()), message


@each_language
def test_each_digit_is_spoken_by_its_name(language):
    said = texts(language)
    assert [said[digit] for digit in DIGITS] == NUMBERS[language].split()


@each_language
def test_fraud_greetings_say_zero_before_the_last_pound_and_no_other_greeting_does(language):
    for message, text in texts(language).items():
        if message in ("fraudGreetingStandard", "fraudGreetingPIN"):
            assert text.index(ZERO[language]) < text.rindex(POUND[language]), message
        elif message != "digit-0":
            assert ZERO[language] not in text, message


@each_language
def test_fraud_confirmation_asks_for_1_alone(language):
    said = texts(language)
    assert ONE[language] in said["fraudConfirmation"]
    assert POUND[language] not in said["fraudConfirmation"]
    assert not any(re.search(r"\d", text) for message, text in said.items() if message != "fraudConfirmation")


@each_language
def test_a_pin_is_asked_for_exactly_where_one_is_expected(language):
    for message, text in texts(language).items():
        assert ("PIN" in text) == (message in ASKING_FOR_A_PIN), message


def test_a_pin_is_said_as_a_word_and_not_letter_by_letter():
    # Within a sentence the voices spell capitals.
    spelled = [entry["file"] for entry in MANIFEST
               if entry["message"] in ASKING_FOR_A_PIN and "PIN" not in entry["say"]]
    assert spelled == []


@each_language
def test_a_prompt_goes_on_after_naming_the_key(language):
    # CALL-11: the deadline is the end of the recording, so the last word must not be the key.
    for message in [*ASKING_FOR_POUND, "fraudConfirmation"]:
        text = texts(language)[message]
        key = ONE[language] if message == "fraudConfirmation" else POUND[language]
        assert len(text) - text.index(key) - len(key) > 8, message


@each_language
def test_the_extension_follows_an_open_sentence(language):
    assert texts(language)["extensionPromptBeforeDigits"].endswith(",")


@each_language
def test_no_message_names_a_company(language):
    # A name shows by its capital within a sentence.
    for message, text in texts(language).items():
        for sentence in re.split(r"[.]\s+", text):
            capitals = set(re.findall(r"(?<=\s)[A-ZÀ-Þ][\w-]*", sentence))
            assert capitals <= CAPITALS_WITHIN_A_SENTENCE[language], message


# How it sounds


@needs_lame
@each_clip
def test_the_manifest_gives_the_decoded_length(entry):
    # lame drops delay and padding by the Info header, so no tolerance beyond the rounding is needed.
    samples, rate = decoded(entry["file"])
    assert abs(entry["milliseconds"] - 1000 * len(samples) / rate) <= 0.5


def sndfile():
    name = ctypes.util.find_library("sndfile")
    library = ctypes.CDLL(name) if name else None
    if library:
        library.sf_version_string.restype = ctypes.c_char_p
    # MP3 came with libsndfile 1.1.
    if not library or library.sf_version_string().split(b"-")[1] < b"1.1":
        pytest.skip("no libsndfile that reads MP3")
    library.sf_open.restype = ctypes.c_void_p
    library.sf_readf_short.restype = ctypes.c_int64
    library.sf_readf_short.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    library.sf_close.argtypes = [ctypes.c_void_p]
    return library


class SoundInfo(ctypes.Structure):
    _fields_ = [("frames", ctypes.c_int64)] + [
        (field, ctypes.c_int) for field in ("samplerate", "channels", "format", "sections", "seekable")]


def test_libsndfile_decodes_the_same_lengths():
    library = sndfile()
    room = (ctypes.c_short * 16_000 * 20)()
    for entry in MANIFEST:
        info = SoundInfo()
        sound = library.sf_open(os.fsencode(GREETINGS / entry["file"]), 0x10, ctypes.byref(info))
        assert sound, entry["file"]
        frames = library.sf_readf_short(sound, room, 16_000 * 20)
        library.sf_close(sound)
        assert frames == info.frames, entry["file"]
        assert abs(entry["milliseconds"] - 1000 * frames / info.samplerate) <= 0.5, entry["file"]


@each_clip
def test_a_clip_lasts_at_most_15_seconds(entry):
    assert 200 < entry["milliseconds"] <= (1000 if entry["message"] in DIGITS else 15_000)


@needs_lame
@each_clip
def test_speech_is_within_4_db_of_minus_22_dbov_and_never_clips(entry):
    samples, rate = decoded(entry["file"])
    size = rate // 50
    frames = [samples[start:start + size] for start in range(0, len(samples) - size + 1, size)]
    powers = [sum(value * value for value in frame) / size / 32768**2 for frame in frames]
    # Speech is what comes within 20 dB of the loudest frame: pauses and fading ends do not count.
    active = [power for power in powers if power > max(powers) / 100]
    level = 10 * math.log10(sum(active) / len(active))
    assert abs(level + 22) <= 4
    assert max(map(abs, samples)) < 32_000


@needs_lame
@each_clip
def test_silence_at_either_end_is_about_80_ms_and_200_more_after_a_digit(entry):
    samples, rate = decoded(entry["file"])
    loud = [at for at, value in enumerate(samples) if abs(value) > 200]
    gap = 200 if entry["message"] in DIGITS else 0
    assert 50 <= 1000 * loud[0] / rate <= 160
    assert 50 + gap <= 1000 * (len(samples) - loud[-1]) / rate <= 160 + gap


def test_six_languages_fit_in_5_mb():
    size = sum((GREETINGS / entry["file"]).stat().st_size for entry in MANIFEST)
    assert size <= 5_000_000


@each_clip
def test_a_clip_has_no_tag_and_an_info_header(entry):
    mp3 = (GREETINGS / entry["file"]).read_bytes()
    assert mp3[:2] == b"\xff\xf3" and mp3[13:17] == b"Info" and mp3[-128:-125] != b"TAG"


# --check


def test_a_changed_script_fails_the_check_by_name(copy):
    edit(copy, "greetings/scripts/fr.txt", "retryPIN: ", "retryPIN: Bon, ")
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert "fr retryPIN: script changed" in result.stderr
    named = re.findall(r"^[a-z]{2} \S+(?=:)", result.stderr, re.MULTILINE)
    assert named == ["fr retryPIN"]


def test_a_changed_comment_does_not_fail_the_check(copy):
    edit(copy, "greetings/scripts/en.txt", "# A retry", "# Another retry")
    assert speak(copy, "--check").returncode == 0


@pytest.mark.parametrize("setting, old, new", [
    ("voice", "# voice: en-us", "# voice: en-gb"),
    ("rate", "# rate: 160", "# rate: 161"),
    ("say", "# say PIN: pin", "# say PIN: pinn"),
])
def test_a_changed_voice_rate_or_pronunciation_fails_the_check(copy, setting, old, new):
    edit(copy, "greetings/scripts/en.txt", old, new)
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert f"en greetingPIN: {setting} changed" in result.stderr
    assert ("en greetingStandard" in result.stderr) == (setting != "say")


def test_a_changed_audio_file_fails_the_check_by_name(copy):
    with open(copy / "greetings/en/activation.mp3", "ab") as file:
        file.write(b"\0")
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert "en activation: greetings/en/activation.mp3 is not the file that was recorded" in result.stderr


def test_a_missing_audio_file_fails_the_check_by_name(copy):
    (copy / "greetings/fr/digit-7.mp3").unlink()
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert "fr digit-7: greetings/fr/digit-7.mp3 is missing" in result.stderr


@pytest.mark.parametrize("stray", ["en/old.mp3", "xx/activation.mp3", "en/notes.txt"])
def test_a_stray_file_fails_the_check_by_name(copy, stray):
    (copy / "greetings" / stray).parent.mkdir(exist_ok=True)
    (copy / "greetings" / stray).write_bytes(b"")
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert f"greetings/{stray}: belongs to no script" in result.stderr


def test_a_changed_length_fails_the_check_by_name(copy):
    entry = next(entry for entry in MANIFEST if entry["file"] == "en/retryPIN.mp3")
    length = entry["milliseconds"]
    edit(copy, "greetings/manifest.json", f'"milliseconds": {length}', f'"milliseconds": {length + 1}')
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert f"en retryPIN: lasts {length} ms, the manifest says {length + 1}" in result.stderr


def test_a_changed_swift_file_fails_the_check(copy):
    edit(copy, SWIFT, "digit: 0", "digit: 1")
    result = speak(copy, "--check")
    assert result.returncode == 1
    assert f"{SWIFT}: is not what script/speak writes" in result.stderr


def test_the_check_needs_no_tool(copy, tmp_path):
    result = speak(copy, "--check", path=tmp_path / "nothing")
    assert result.returncode == 0, result.stderr


# Complaints


@pytest.mark.parametrize("old, new, complaint", [
    ("retryPIN: ", "retryPin: ", "there is no message 'retryPin'"),
    ("retryPIN: ", "retryStandard: ", "retryStandard was already given at greetings/scripts/en.txt:"),
    ("digit-9: nine", "digit-9:", "digit-9 has no text"),
    ("digit-9: nine", "", "the message digit-9 is missing"),
    ("digit-9: nine", "nine", "expected `message: text`"),
    ("# rate: 160", "# rate: fast", "rate is in words a minute, 80 to 450, not 'fast'"),
    ("# voice: en-us\n", "", "the line `# voice: ...` is missing"),
    ("# language: en", "# language: fr", "language is 'fr', but the file is en.txt"),
    ("digit-9: nine", "digit-9: ne\u0301", "accents apart from their letters"),
    ("# voice: en-us", "# voice: en-us\n# voice: en-gb", "voice is set twice"),
    ("digit-9: nine", "# say nine: nein\ndigit-9: nine", "settings go above the first message"),
])
@pytest.mark.parametrize("arguments", [["--check"], []], ids=["check", "speak"])
def test_a_bad_script_file_is_refused_with_its_line(copy, old, new, complaint, arguments):
    before = snapshot(copy / "greetings/en")
    edit(copy, "greetings/scripts/en.txt", old, new)
    result = speak(copy, *arguments)
    assert result.returncode == 3
    assert re.match(r"greetings/scripts/en\.txt:\d+: ", result.stderr)
    assert complaint in result.stderr
    assert snapshot(copy / "greetings/en") == before


def test_text_that_is_not_utf_8_is_refused_with_its_line(copy):
    path = copy / "greetings/scripts/fr.txt"
    path.write_bytes(path.read_bytes().replace("digit-0: zéro".encode(), "digit-0: zéro".encode("latin-1")))
    line = path.read_bytes().split(b"digit-0")[0].count(b"\n") + 1
    result = speak(copy, "--check")
    assert (result.returncode, result.stderr) == (3, f"greetings/scripts/fr.txt:{line}: not UTF-8\n")


def test_missing_tools_are_named_with_the_line_that_installs_them(copy, tmp_path):
    result = speak(copy, path=tmp_path / "nothing")
    assert result.returncode == 4
    assert result.stderr == ("missing: espeak-ng, sox, lame\n"
                             "Install with: apt-get install espeak-ng sox lame\n")


def test_a_broken_manifest_is_refused_plainly(copy):
    (copy / "greetings/manifest.json").write_text('[{"language": "en"}]')
    result = speak(copy, "--check")
    assert result.returncode == 3
    assert result.stderr.startswith("greetings/manifest.json: cannot be read")


@pytest.mark.parametrize("arguments", [["--language", "xx"], ["--check", "--all"], ["--nonsense"]])
def test_wrong_usage_exits_2(copy, arguments):
    assert speak(copy, *arguments).returncode == 2


def test_help_tells_what_it_does():
    result = speak(ROOT, "--help")
    assert result.returncode == 0 and "--check" in result.stdout and "Exit codes" in result.stdout


# Speaking


@needs_voice
def test_nothing_is_spoken_or_written_when_nothing_changed(copy):
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    result = speak(copy)
    assert result.returncode == 0 and result.stdout.startswith("0 spoken")
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()} == before


@needs_voice
def test_only_a_changed_script_is_spoken_again(copy):
    edit(copy, "greetings/scripts/fr.txt", "digit-7: sept", 'digit-7: "sept"')
    before = snapshot(copy)
    result = speak(copy)
    assert result.stdout.startswith("spoke fr/digit-7.mp3") and "\n1 spoken" in result.stdout
    changed = {path.as_posix() for path, data in snapshot(copy).items() if before.get(path) != data}
    assert {"greetings/manifest.json"} <= changed <= {"greetings/manifest.json", "greetings/fr/digit-7.mp3", SWIFT}
    assert speak(copy, "--check").returncode == 0


@needs_voice
def test_quotes_and_backslashes_are_escaped_in_swift(copy):
    edit(copy, "greetings/scripts/en.txt", "retryPIN: Please", r'retryPIN: "Please" \(now)')
    assert speak(copy).returncode == 0
    assert r'script: "\"Please\" \\(now) enter' in (copy / SWIFT).read_text(encoding="utf-8")


@needs_voice
def test_language_limits_what_is_spoken_and_deleted(copy):
    (copy / "greetings/en/digit-1.mp3").unlink()
    (copy / "greetings/en/old.mp3").write_bytes(b"")
    (copy / "greetings/fr/digit-1.mp3").unlink()
    result = speak(copy, "--language", "fr")
    assert "fr/digit-1.mp3" in result.stdout and "en/" not in result.stdout
    assert (copy / "greetings/en/old.mp3").exists()


@needs_voice
def test_audio_without_a_script_is_deleted_and_nothing_else(copy):
    for stray in ["en/old.mp3", "xx/activation.mp3", "en/notes.txt"]:
        (copy / "greetings" / stray).parent.mkdir(exist_ok=True)
        (copy / "greetings" / stray).write_bytes(b"")
    before = snapshot(copy)
    assert speak(copy).returncode == 0
    gone = {path.as_posix() for path in before.keys() - snapshot(copy).keys()}
    assert gone == {"greetings/en/old.mp3", "greetings/xx/activation.mp3"}
    assert not (copy / "greetings/xx").exists()


@needs_voice
def test_the_same_run_twice_leaves_the_same_files(copy):
    # Compares two runs here, not with the repository: another espeak-ng or lame may speak otherwise.
    assert speak(copy, "--all", "--language", "fr").returncode == 0
    first = snapshot(copy)
    assert speak(copy, "--all", "--language", "fr").returncode == 0
    assert snapshot(copy) == first
