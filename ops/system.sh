#!/bin/sh
# What the tests want from the operating system: a browser, Chinese fonts, PostgreSQL, ffmpeg, Redis; node and java for the audits.
# With `office` also LibreOffice and poppler, for the proofs that open documents as their readers do.
# Installs what is absent when it may (root on Debian), otherwise says in one line what is left out.
set -eu
office=${1:-}

missing() {
    [ "$office" != office ] || command -v soffice >/dev/null || echo libreoffice-writer-nogui libreoffice-calc-nogui
    [ "$office" != office ] || command -v pdftotext >/dev/null || echo poppler-utils
    command -v chromium >/dev/null || echo chromium
    [ -n "$(find /usr/share/fonts -iname 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || echo fonts-noto-cjk
    command -v initdb >/dev/null || [ -n "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || echo postgresql
    command -v ffmpeg >/dev/null || echo ffmpeg
    command -v redis-server >/dev/null || echo redis-server
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
    command -v java >/dev/null || echo default-jre-headless
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "system: installing" $wanted
    if ! log=$({ apt-get update -qq && apt-get install -y -qq --no-install-recommends $wanted; } 2>&1); then
        printf '%s\n' "$log" | tail -n 5
    fi
    wanted=$(missing)
fi

left_out=""
for package in $wanted; do
    case $package in
        chromium) left_out="$left_out; no chromium: the browser tests are left out" ;;
        fonts-noto-cjk) left_out="$left_out; no fonts-noto-cjk: pictures of pages show boxes for Chinese" ;;
        ffmpeg) left_out="$left_out; no ffmpeg: the tests of videos and recordings are left out" ;;
        redis-server) left_out="$left_out; no redis-server: the tests of a queue server are left out" ;;
        libreoffice-* | poppler-utils) left_out="$left_out; no $package: documents are not opened" ;;
        postgresql) left_out="$left_out; no postgresql: the second run, on PostgreSQL, is left out" ;;
        nodejs | npm | default-jre-headless) left_out="$left_out; no $package: the audits of pages are left out" ;;
    esac
done
[ -z "$left_out" ] || echo "system: ${left_out#; }"
