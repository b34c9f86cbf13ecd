#!/bin/sh
# The browser tests drive the system's Chromium: make sure there is one, or say what to install.
set -eu

chromium_present() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM" >/dev/null
    else
        command -v chromium || command -v chromium-browser || command -v google-chrome
    fi >/dev/null
}

chromium_present && exit 0

if [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installation de Chromium pour les tests…"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } >/dev/null || true
    chromium_present && exit 0
fi

echo "Chromium est introuvable : installez le paquet « chromium », ou donnez son chemin dans la variable CHROMIUM." >&2
exit 1
