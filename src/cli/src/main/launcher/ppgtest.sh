#!/bin/sh
# The command ppgtest. A shell reads these lines, Java the jar that comes after them.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if ! command -v "$java" > /dev/null; then
  echo "ppgtest: it needs Java 17 or newer, and there is no $java: install one, and have JAVA_HOME or the PATH name it" >&2
  exit 1
fi
exec "$java" @options@ -jar "$0" "$@"
