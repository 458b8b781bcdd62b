# What the scripts of the aws command share; to be sourced. Files are in LAKEBED_SCRATCH.
set -euo pipefail

scratch=$(mktemp -d "$LAKEBED_SCRATCH/cli-XXXXXX")
export AWS_ACCESS_KEY_ID=admin AWS_SECRET_ACCESS_KEY=admin AWS_DEFAULT_REGION=us-east-1
export AWS_CONFIG_FILE="$scratch/config" AWS_SHARED_CREDENTIALS_FILE="$scratch/credentials"
export AWS_ENDPOINT_URL="$LAKEBED_ENDPOINT" AWS_PAGER="" AWS_MAX_ATTEMPTS=1
# aws of version 1 presigns for other end points by signature version 2 unless told otherwise.
printf '[default]\ns3 =\n    addressing_style = path\n    signature_version = s3v4\n' > "$AWS_CONFIG_FILE"

step() { echo "-- $*"; }
expect() {
  if [ "$1" != "$2" ]; then
    echo "expected [$1], got [$2]" >&2
    exit 1
  fi
}
refused() {
  local code=$1 answer
  shift
  if answer=$("$@" 2>&1); then
    echo "not refused: $*" >&2
    exit 1
  fi
  case "$answer" in
    *"($code)"*) ;;
    *)
      echo "expected $code: $answer" >&2
      exit 1
      ;;
  esac
}
