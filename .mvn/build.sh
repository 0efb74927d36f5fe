# shellcheck shell=bash
# What ./dunlin and ./check share: find a JDK and Maven, and build what is older than its sources.
# Sourced with $root, the repository's folder, and $self, the command's name in messages.

: "${root:?}" "${self:?}"
readonly jar=$root/host-tools/target/dunlin.jar
readonly stamp=$root/target/built

# Prompts and stories are UTF-8, and Java goes by the locale.
if [[ ! ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} =~ [Uu][Tt][Ff]-?8$ ]]; then export LC_ALL=C.UTF-8; fi

say() { printf '%s: %s\n' "$self" "$1" >&2; }

fail() {
  say "$1"
  exit 1
}

# One line that the next one overwrites; nothing where stderr is not a terminal.
progress() {
  if [[ -t 2 ]]; then printf '\r\e[K%s' "${1:+$self: $1}" >&2; fi
}

# --- tools

is_jdk() {
  local line
  [[ -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then
      ((BASH_REMATCH[1] >= 17))
      return
    fi
  done <"$1/release"
  return 1
}

# Where a system keeps its JDKs; tests name another folder.
readonly jdks=${DUNLIN_JDKS:-/usr/lib/jvm}

# Sets JAVA_HOME to the first JDK 17 or later. Reads its release file: starting Java takes longer.
find_jdk() {
  local home on_path
  on_path=$(readlink -f "$(command -v java)")
  for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" "$jdks"/*; do
    if is_jdk "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  return 1
}

# Maven itself runs on JAVA_HOME.
is_maven() {
  [[ $(mvn -v 2>&1 </dev/null) =~ Apache\ Maven\ ([0-9]+)\.([0-9]+) ]] &&
    ((BASH_REMATCH[1] * 100 + BASH_REMATCH[2] >= 308))
}

# Debian's packages, as root.
apt_install() {
  {
    apt-get update &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
  } >"$root/target/setup.log" 2>&1 </dev/null
}

# As root; anybody else is told what to type.
install() {
  local log=$root/target/setup.log
  ((EUID == 0)) || fail "missing: $*: type: sudo apt-get install $*"
  say "installing $* (log: $log)"
  apt_install "$@" ||
    fail "could not install $*: see $log, make apt-get work, and start again"
}

find_tools() {
  local given=${JAVA_HOME:-} missing=() packages=()
  find_jdk || { missing+=("a JDK 17 or later") && packages+=(default-jdk-headless); }
  command -v mvn >/dev/null || { missing+=("Maven 3.8 or later") && packages+=(maven); }
  if ((${#packages[@]} > 0)); then
    if ! command -v apt-get >/dev/null; then
      local all=${missing[*]}
      fail "missing: ${all/ Maven/ and Maven}: install it, put it on PATH, and start again"
    fi
    install "${packages[@]}"
  fi
  find_jdk || fail "no JDK 17 or later: install one, and set JAVA_HOME to it"
  is_maven || fail "$(command -v mvn) is not Maven 3.8 or later: put a later one first on PATH"
  if [[ -n $given && $given != "$JAVA_HOME" ]]; then
    say "JAVA_HOME=$given is no JDK 17 or later; building with $JAVA_HOME"
  fi
}

# What tests of firmware, of serial lines and of pages take. Where it cannot be had, they are skipped by name.
find_test_tools() {
  local missing=()
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  command -v arm-none-eabi-gcc >/dev/null ||
    missing+=(gcc-arm-none-eabi libnewlib-arm-none-eabi)
  command -v qemu-system-arm >/dev/null || missing+=(qemu-system-arm)
  command -v socat >/dev/null || missing+=(socat)
  command -v stm32flash >/dev/null || missing+=(stm32flash)
  command -v chromium >/dev/null || missing+=(chromium)
  if ((${#missing[@]} > 0 && EUID == 0)) && command -v apt-get >/dev/null; then
    say "installing ${missing[*]} (log: $root/target/setup.log)"
    apt_install "${missing[@]}" || say "could not install them: some tests are skipped"
  fi
}

# --- build

# A change to a source, or to a folder that lost one, is newer than the stamp. By status time
# (ctime): a file that is moved or copied into place keeps the old modification time.
up_to_date() {
  [[ -e $jar && -e $stamp ]] &&
    [[ -z $(find "$root"/{pom.xml,.mvn} "$root"/*/{pom.xml,src/main} -newercm "$stamp" \
      -print -quit 2>/dev/null) ]]
}

# One build at a time: a second start waits here for the first to finish.
lock_build() {
  local pom folder
  for pom in "$root"/pom.xml "$root"/*/pom.xml; do
    folder=${pom%/pom.xml}/target
    mkdir -p "$folder" 2>/dev/null
    [[ -d $folder && -w $folder ]] ||
      fail "cannot write to $folder: make it yours (chown), or copy the repository to where you can write"
  done
  { exec {lock}>"$root/target/lock"; } 2>/dev/null || fail "cannot lock $root/target/lock: remove it"
  if ! flock --nonblock "$lock"; then
    progress "waiting for another build"
    flock "$lock"
  fi
}

unlock_build() { exec {lock}>&-; }

# Runs Maven in $root; its lines go to a log, and on a terminal the module at work to stderr.
maven() {
  local log=$1 line
  shift
  (cd "$root" && exec mvn "$@") 2>&1 </dev/null | tee "$log" | while IFS= read -r line; do
    if [[ $line =~ Building\ (Dunlin\ .*)\ [^\ ]+\ +(\[[0-9/]+\]) ]]; then
      progress "building ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"
    fi
  done
  local status=${PIPESTATUS[0]}
  progress ""
  return "$status"
}

# What Maven complained of first: a line of Java (a warning is an error), or anything.
first_error() {
  { grep '^\[[EW][A-Z]*\] .*\.java:\[' "$1" || grep '^\[ERROR\] [^- ]' "$1"; } |
    sed -n '1s/^\[[A-Z]*\] //p' | cut -c-300
}

# One line: why a build failed, and what to do.
explain() {
  local log=$1 error remedy="repair it and start again"
  error=$(first_error "$log")
  if grep -q 'Could not transfer\|Unknown host\|offline mode' "$log"; then
    error="libraries could not be downloaded"
    remedy="check network, proxy and certificates, and start again"
  elif grep -qi 'permission denied\|read-only file system\|no space left' "$log"; then
    error=$(grep -oim1 '[^ ]* *(\?permission denied.*\|.*read-only file system.*\|.*no space left.*' "$log")
    remedy="make room or permission and start again"
  fi
  fail "the build failed: ${error:-no reason given}: see $log, $remedy"
}

# Builds unless the stamp says that nothing has changed; sets JAVA_HOME. DUNLIN_BUILT is for what
# a test starts while ./check holds the lock.
build() {
  local log=$root/target/build.log
  if [[ -n ${DUNLIN_BUILT:-} ]] || up_to_date; then
    find_jdk && return
  fi
  lock_build
  find_tools
  if ! up_to_date; then
    touch "$stamp.new"
    if [[ ! -e $jar ]]; then say "building for the first time, which takes a minute or two"; fi
    maven "$log" package -Dmaven.test.skip -pl host-tools -am || explain "$log"
    mv "$stamp.new" "$stamp"
  fi
  unlock_build
}
