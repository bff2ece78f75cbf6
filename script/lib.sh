# shellcheck shell=bash
# Sourced by the scripts beside it. Installs what is missing, says plainly what it cannot, does nothing twice.

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 4
}

say() {
  if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
    printf '\033[2m%s\033[0m\n' "$*" >&2
  else
    printf '%s\n' "$*" >&2
  fi
}

need_swift() {
  command -v swift >/dev/null 2>&1 ||
    fail "no Swift here: install the toolchain, 6.3 or later, from https://www.swift.org/install/linux and put it in PATH"
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  case "$version" in
    "" | [0-5].* | 6.[0-2]) fail "Swift ${version:-of an unknown version} is too old: 6.3 or later is needed, from https://www.swift.org/install/linux" ;;
  esac
}

# need_packages NAME...: Debian packages, installed with apt-get where they are not there yet.
need_packages() {
  local missing=() name
  command -v dpkg-query >/dev/null 2>&1 ||
    fail "this is not Debian or Ubuntu: install these by hand, under the names they have here: $*"
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null ||
      fail "not root, and no sudo without a password; ask somebody who is to run: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  say "Installing ${missing[*]}"
  local options=(-y -qq --no-install-recommends -o DPkg::Lock::Timeout=500)
  # A list that is out of date names packages that are gone: fetch it once and try again.
  if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "${missing[@]}" >/dev/null 2>&1; then
    "${root[@]}" apt-get update -qq >&2 || fail "apt-get cannot reach its servers: is there a network? It is needed for: ${missing[*]}"
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "${missing[@]}" >/dev/null ||
      fail "apt-get could not install: ${missing[*]}"
  fi
}

# The Python packages of the tests, in an environment of their own. Sets $venv.
need_python_packages() {
  venv=.build/test-venv
  cmp -s Tests/requirements.txt "$venv/installed.txt" && return 0
  say "Installing the Python packages of the tests"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Tests/requirements.txt ||
    fail "pip could not install Tests/requirements.txt: is there a network?"
  cp Tests/requirements.txt "$venv/installed.txt"
}

# The release program, built only when something changed. Sets $poundkey.
build_release() {
  # shellcheck disable=SC2034 # for the scripts that run it
  poundkey=.build/release-static/release/poundkey
  build_product poundkey Sources
}

# What the tests of stores run beside it.
build_store_load() {
  build_release
  build_product StoreLoad Sources Tests/StoreLoad
}

# build_product NAME FOLDER...: of a release, where something in the folders changed.
build_product() {
  local scratch=.build/release-static name=$1
  local built=$scratch/release/$name
  shift
  if [ -x "$built" ] && [ -z "$(find "$@" Package.swift -newer "$built" -print -quit)" ]; then return 0; fi
  [ -x "$built" ] || say "Building $name; the first time takes some minutes"
  local log
  log=$(mktemp)
  # With the standard library linked in, the program starts twice as fast.
  if ! swift build -c release --static-swift-stdlib --scratch-path "$scratch" --product "$name" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "the build failed, as told above; without a network the packages of the first build cannot be fetched"
  fi
  rm -f "$log"
  # Nothing to link leaves the old file: the next run need not ask again.
  touch "$built"
}

# run_beside ARRAY COMMAND...: runs the command in the array in the background, and COMMAND in front of it. The first
# one's output is printed when both have ended; fails where either fails. Whoever stops the script stops both.
run_beside() {
  local -n _beside=$1
  shift
  beside_output=$(mktemp)
  "${_beside[@]}" >"$beside_output" 2>&1 &
  beside=$!
  # It has usually ended by then; what fails in a trap becomes the script's exit code.
  trap 'kill "$beside" 2>/dev/null || true; rm -f "$beside_output"' EXIT
  local failed=0
  "$@" || failed=$?
  wait "$beside" || failed=$?
  cat "$beside_output"
  return "$failed"
}
