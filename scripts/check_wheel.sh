#!/bin/sh
# Show that a wheel built from the sdist, installed in an empty environment outside the checkout,
# draws the same label as the checkout does: check_wheel.sh PYTHON
set -eu
python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
checkout=$(cd "$(dirname "$0")/.." && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

"$python" -m build --quiet --outdir "$room/dist" "$checkout"
"$python" -m venv "$room/venv"
"$room/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$room"/dist/*.whl
cp "$checkout/examples/emissions.csv" "$room/emissions.csv"
cd "$room"
for out in first second; do
    venv/bin/carbonlabel label emissions.csv --model acme/tiny-gpt -q -o "$out"
done
"$python" -m carbonlabel label emissions.csv --model acme/tiny-gpt -q -o checkout
diff -r first second
diff -r first checkout
ls first
echo "the installed wheel draws the label: the same bytes twice, and the same as the checkout"
