#!/usr/bin/env bash
#
# Coverage-guided fuzzing of the signature, the reader and the decision with AFL++ (Debian: afl++) and SharpFuzz. Takes the number of seconds, 600 unless given.
# What it finds lies in TestResults/fuzzing; without AFL++ it says so.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v afl-fuzz > /dev/null || { echo 'afl-fuzz is not installed (Debian: apt-get install afl++).'; exit 1; }

readonly out="$PWD/TestResults/fuzzing"
rm -rf "$out"
dotnet publish Fuzzing -c Release -o "$out/app" -v q
dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tools" > /dev/null
dotnet "$out/app/Fuzzing.dll" seeds "$out/seeds"
"$out/tools/sharpfuzz" "$out/app/Nop.Plugin.Payments.MultiSafepay.dll"

export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1
timeout --preserve-status -s INT "${1:-600}" afl-fuzz -i "$out/seeds" -o "$out/findings" -t 10000 -m none dotnet "$out/app/Fuzzing.dll" > "$out/afl.log" || true

grep -E '^(execs_done|execs_per_sec|edges_found|corpus_count|saved_crashes|saved_hangs)' "$out/findings/default/fuzzer_stats"
! grep -qE '^saved_crashes +: [1-9]' "$out/findings/default/fuzzer_stats"
