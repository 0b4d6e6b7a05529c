# shellcheck shell=bash
# Sourced from the repository's root. Finds what OPG is built and run with: JDK, Maven, Node.

readonly JDK_WANTED=25
readonly MAVEN_WANTED=3.8
readonly NODE_WANTED=22.13
readonly NODE_FOLDER=$PWD/.tools/node

# Ends the script: something is missing that only its user can install.
missing() {
  printf '%s\n' "$@" >&2
  exit 2
}

# at_least WANTED GIVEN: compares dotted versions, numbers only.
at_least() {
  local -a wanted given
  IFS=. read -ra wanted <<<"$1"
  IFS=. read -ra given <<<"${2%%[-+]*}"
  local position
  for position in "${!wanted[@]}"; do
    if ((10#${given[position]:-0} > 10#${wanted[position]})); then return 0; fi
    if ((10#${given[position]:-0} < 10#${wanted[position]})); then return 1; fi
  done
}

# Prints the version of the JDK in a folder; 0 where there is none.
jdk_version() {
  local version=''
  if [[ -x $1/bin/javac && -r $1/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$1/release")
  fi
  printf '%s' "${version:-0}"
}

# JAVA_HOME where it is new enough, else the oldest of the usual places that is: the nearest to what we test with.
use_jdk() {
  local folder version best='' best_version=''
  if [[ -n ${JAVA_HOME:-} ]] && at_least "$JDK_WANTED" "$(jdk_version "$JAVA_HOME")"; then
    export JAVA_HOME
    return
  fi
  for folder in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(jdk_version "$folder")
    if at_least "$JDK_WANTED" "$version" && { [[ -z $best ]] || ! at_least "$best_version" "$version"; }; then
      best=$folder
      best_version=$version
    fi
  done
  if [[ -z $best ]]; then
    missing \
      "No JDK $JDK_WANTED or newer: not in JAVA_HOME (${JAVA_HOME:-not set}), nor in the usual places. Install one and set JAVA_HOME to it:" \
      "  Debian, Ubuntu  apt install openjdk-$JDK_WANTED-jdk, or temurin-$JDK_WANTED-jdk from Adoptium's repository (needs root)" \
      "  macOS           brew install --cask temurin@$JDK_WANTED" \
      "  anywhere        sdk install java $JDK_WANTED-tem, with SDKMAN (needs no root)"
  fi
  export JAVA_HOME=$best
}

use_maven() {
  local version
  command -v mvn >/dev/null || missing \
    "No Maven: install $MAVEN_WANTED or newer (apt install maven; brew install maven; sdk install maven)."
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  at_least "$MAVEN_WANTED" "$version" || missing "Maven is $version; OPG builds with $MAVEN_WANTED or newer."
}

node_is_new_enough() {
  local version
  version=$("$1" --version 2>/dev/null) && at_least "$NODE_WANTED" "${version#v}"
}

# Node of the PATH where it is new enough, else the one that scripts/setup got from npm. Fails where there is neither.
find_node() {
  if node_is_new_enough node; then return; fi
  node_is_new_enough "$NODE_FOLDER/bin/node" || return 1
  export PATH=$NODE_FOLDER/bin:$PATH
}

# For scripts that run after scripts/setup and need no Java: sets PATH.
use_node() {
  find_node || missing "No Node $NODE_WANTED or newer: run scripts/setup."
}

# For scripts that run after scripts/setup: sets JAVA_HOME and PATH.
use_tools() {
  use_jdk
  use_maven
  use_node
}
